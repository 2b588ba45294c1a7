"""Aurora: the owner's assistant, over the shop's true figures."""
