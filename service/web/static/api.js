// Talks to the server; every failure becomes an Error with a sentence to show.

export async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Error("Sem conexão com o servidor.");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw Object.assign(new Error(sentence(body) || `O servidor respondeu ${response.status}.`), { status: response.status });
  return body;
}

function sentence(body) {
  const said = body && (body.error ?? body.detail ?? body.message);
  return typeof said === "string" ? said : said && typeof said.message === "string" ? said.message : null;
}

const post = (path, body) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const readConversation = (instanceId, phone, after) =>
  call(`/simulator/conversations?${new URLSearchParams({ instance_id: instanceId, phone, after })}`);

export const sendMessage = (message) => post("/simulator/messages", message);

export const answerAsShop = (conversationId, content) => post(`/simulator/conversations/${conversationId}/messages`, { content });

export const handBack = (conversationId) => post(`/simulator/conversations/${conversationId}/handback`, {});

export const readLog = (conversationId, after) =>
  call(`/simulator/conversations/${conversationId}/log${after ? `?${new URLSearchParams({ after })}` : ""}`);
