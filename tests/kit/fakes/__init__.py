"""Stand-ins for the model and for WhatsApp: real HTTP servers, in this process or as a command of their own."""
