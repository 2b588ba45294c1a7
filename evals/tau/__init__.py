"""Tasks of several turns with a customer who reacts, graded by the rows at the end and by harm: `python -m evals tasks`.

A task (`evals/tasks/*.yaml`, several a file) says who writes, what he wants, which facts he gives when asked, and the rows that must be
new or changed at the end: exactly these. Nobody scripts the model: it is any OpenAI-compatible endpoint, the offline model, or with
--baseline a plain `create_agent` over the same tools. docs/agent-quality.md has the method and what was
measured. To read the code, go in this order:

task.py      what a file may say                       shop.yaml     the one shop of all tasks
heard.py     what a message of the agent's asks,       customer.py   the customer: facts when asked, "sim" only to what he wants
             states and tells as done
play.py      one conversation through the real code    baseline.py   the plain agent
grade.py     rows at the end                           judge.py      sentences that the database contradicts
ledger.py    results as JSON lines, and the figures    command.py    the command
"""
