"""What tests share: fakes at the wire, processes, and shops to test in. No test imports a test."""
