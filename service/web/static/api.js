// Talks to the server; every failure becomes an Error with a sentence to show. Whether the server answered at all is told to whoever listens.

const PATIENCE = 6000; // a server that takes longer is as good as gone

export const reach = new EventTarget();

export async function call(path, options) {
  let response;
  let body;
  try {
    response = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
    body = await response.json().catch(nothingIfNoJson);
  } catch (error) {
    reach.dispatchEvent(new Event("lost"));
    const words = error.name === "TimeoutError" ? "O servidor não respondeu." : "Sem conexão com o servidor.";
    throw Object.assign(new Error(words), { unreachable: true });
  }
  reach.dispatchEvent(new Event("found"));
  if (!response.ok) throw Object.assign(new Error(sentence(body) || `O servidor respondeu ${response.status}.`), { status: response.status });
  return body;
}

function nothingIfNoJson(error) {
  if (error instanceof SyntaxError) return null;
  throw error;
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
