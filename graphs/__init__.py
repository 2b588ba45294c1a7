"""What the agents think: a router over two subgraphs, run once per turn by `graphs.runner`."""
