"""Running Patas: the command, the processes, the embedded servers, and what an operator looks after."""
