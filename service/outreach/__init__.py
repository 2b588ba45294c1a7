"""What a shop writes unasked."""
