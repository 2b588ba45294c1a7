// The day's board: asks the API every few seconds, and takes a booking a step further with one press.

import { call } from "./api.js";
import { element, readableNumber } from "./text.js";

const EVERY = 10_000;
const DAY = 86_400_000;
const LATE = 600_000;
const TOKEN = "patas.token";
const SHOP = "patas.shop";

const COLUMNS = [
  ["Esperados", ["waiting"]],
  ["Recebidos", ["received"]],
  ["Em atendimento", ["in_service"]],
  ["Prontos", ["ready"]],
  ["Encerrados", ["delivered", "no_show", "cancelled"]],
];
const MOVES = {
  received: { path: "received", label: "Receber", done: "recebido" },
  start: { path: "start", label: "Iniciar", done: "em atendimento" },
  ready: { path: "ready", label: "Pronto", done: "pronto" },
  delivered: { path: "delivered", label: "Entregar", done: "entregue" },
  no_show: { path: "no-show", label: "Não veio", done: "marcado que não veio" },
  cancel: { path: "cancel", label: "Cancelar…", done: "cancelado" },
  undo: { path: "undo", label: "Desfazer", done: "desfeito" },
};
const ENDED = { delivered: "entregue", no_show: "não veio", cancelled: "cancelado" };
const SIZES = { mini: "mini", small: "pequeno", medium: "médio", large: "grande", giant: "gigante" };
const SPECIES = {
  dog: "cachorro", cat: "gato", bird: "ave", rabbit: "coelho", rodent: "roedor", reptile: "réptil", fish: "peixe", other: "outro",
};
const NOT_TOLD = {
  no_template: "passaram 24 horas da última mensagem",
  no_instance: "a loja não tem número ligado",
  unreachable: "não há número para escrever",
  gone: "o cadastro foi apagado",
};

const one = (selector) => document.querySelector(selector);
const state = { shop: null, day: null, shown: null, drawn: "", open: new Set(), asked: 0 };

// Talking to the API

async function ask(path, body) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(TOKEN)}`, "Content-Type": "application/json" };
  try {
    return await call(`/api/${path}`, body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) });
  } catch (error) {
    if (error.status !== 401) throw error;
    signOut();
    throw new Error("Este token não vale. Confira e entre de novo.");
  }
}

async function refresh() {
  if (!state.shop) return;
  const asked = ++state.asked;
  const query = state.day ? `?${new URLSearchParams({ day: state.day })}` : "";
  try {
    const shown = await ask(`organizations/${state.shop}/agenda${query}`);
    if (asked !== state.asked) return;
    state.shown = shown;
    draw();
    link("live", `conectado, ${time(new Date())}`);
  } catch (error) {
    if (asked !== state.asked) return;
    link(error.unreachable ? "lost" : "slow", error.unreachable ? "sem conexão" : "sem atualização");
    problem(error.message);
    return;
  }
  if (one("[data-problem]").dataset.of === "refresh") problem("");
}

// Returns what went wrong, in a sentence; null where the booking has moved.
async function move(booking, name, body = {}) {
  usable(booking, false);
  let wrong = null;
  try {
    await ask(`bookings/${booking.id}/${MOVES[name].path}`, body);
    problem("");
    say(`${petName(booking)}: ${MOVES[name].done}`);
    state.focus = booking.id;
  } catch (error) {
    wrong = `${petName(booking)}: ${error.message}${error.unreachable ? " Não sabemos se foi feito: tente de novo." : ""}`;
    problem(wrong, "move");
    if (error.unreachable) link("lost", "sem conexão");
    usable(booking, true);
  }
  state.drawn = "";
  refresh();
  return wrong;
}

function usable(booking, yes) {
  document.querySelectorAll(`[data-booking="${booking.id}"] button`).forEach((button) => (button.disabled = !yes));
}

// Signing in

async function signIn() {
  try {
    const shops = await ask("organizations");
    if (!shops.length) throw new Error("Este acesso não tem nenhuma loja.");
    const picker = one("[data-shops]");
    picker.replaceChildren(...shops.map((shop) => new Option(shop.name, shop.id)));
    const kept = sessionStorage.getItem(SHOP);
    if (shops.some((shop) => shop.id === kept)) picker.value = kept;
    one("[data-picker]").hidden = shops.length < 2;
    state.shop = picker.value;
    problem("");
    one("[data-sign-in]").reset();
    signedIn(true);
    await refresh();
  } catch (error) {
    // A token that could not be tried is not a wrong one.
    if (error.unreachable) signedIn(false);
    else signOut();
    problem(error.message);
  }
}

function signOut() {
  sessionStorage.removeItem(TOKEN);
  Object.assign(state, { shop: null, day: null, shown: null, drawn: "" });
  one("[data-dialog]").close();
  one("[data-sign-in]").reset();
  signedIn(false);
}

function signedIn(yes) {
  one("[data-sign-in]").hidden = yes;
  for (const part of ["[data-board]", "[data-sign-out]", "[data-link]"]) one(part).hidden = !yes;
  if (!yes) one("[data-sign-in] input").focus();
}

// Drawing

function draw() {
  const text = JSON.stringify(state.shown);
  if (text === state.drawn) return;
  state.drawn = text;
  const { day, today, opening, closed_for: closedFor, absences, bookings } = state.shown;
  one("[data-date]").value = day;
  one("[data-title]").textContent = dayName(day);
  one("[data-today]").setAttribute("aria-pressed", day === today);
  one("[data-opening]").textContent = opening.length
    ? `Aberto ${opening.map((s) => `das ${time(s.opens_at)} às ${time(s.closes_at)}`).join(" e ")}`
    : `Fechado${closedFor ? `: ${closedFor}` : ""}`;
  one("[data-absences]").replaceChildren(...absences.map((a) => element("li", "", absent(a))));
  one("[data-nothing]").hidden = bookings.length > 0;
  one("[data-columns]").hidden = !bookings.length;
  const focused = state.focus ?? document.activeElement?.closest("[data-booking]")?.dataset.booking;
  const label = document.activeElement?.textContent;
  one("[data-columns]").replaceChildren(...COLUMNS.map(([title, steps]) => column(title, bookings.filter((b) => steps.includes(b.step)))));
  if (focused) restoreFocus(focused, state.focus ? null : label);
  state.focus = null;
}

function restoreFocus(id, label) {
  const buttons = [...document.querySelectorAll(`[data-booking="${id}"] button`)];
  (buttons.find((button) => button.textContent === label) ?? buttons[0])?.focus();
}

function column(title, bookings) {
  const made = element("section", "column", element("h2", "", title, " ", element("span", "count", String(bookings.length))));
  if (!bookings.length) made.classList.add("empty");
  made.append(...bookings.map(card));
  return made;
}

function card(booking) {
  const made = element("article", `booking step-${booking.step}`, head(booking), who(booking), tags(booking));
  made.dataset.booking = booking.id;
  made.dataset.step = booking.step;
  const next = booking.moves.find((name) => ["received", "start", "ready", "delivered"].includes(name));
  const actions = element("div", "actions");
  if (next) actions.append(button(MOVES[next].label, "next", () => move(booking, next)));
  if (booking.moves.includes("undo")) {
    actions.append(button(MOVES.undo.label, "quiet", () => move(booking, "undo", { step: booking.step })));
  }
  made.append(actions, more(booking));
  return made;
}

function head(booking) {
  const ended = ENDED[booking.step];
  const when = booking.service.unit === "night" ? stay(booking) : time(booking.starts_at);
  return element("header", "", element("time", "", when), element("h3", "", petName(booking)), ...(ended ? [element("span", "ended", ended)] : []));
}

function who(booking) {
  const pet = booking.pet && [booking.pet.breed ?? SPECIES[booking.pet.species], SIZES[booking.pet.size]].filter(Boolean).join(", ");
  const service = `${booking.service.name} com ${booking.resources.map((r) => r.name).join(" e ")}`;
  return element("div", "who", element("p", "", service), element("p", "soft", [booking.customer.name, pet].filter(Boolean).join(" · ")));
}

function tags(booking) {
  const { pickup, package: bought, notice } = booking;
  const said = [];
  if (booking.step === "waiting" && Date.now() - new Date(booking.starts_at) > LATE) said.push(["atrasado", "odd"]);
  if (booking.confirmed) said.push(["confirmado", "good"]);
  if (pickup) said.push([`leva e traz: ${pickup.zone}, ${pickup.fee_cents ? money(pickup.fee_cents) : "grátis"}`, ""]);
  if (bought) said.push([`${bought.name || "pacote"}: ${bought.left === 1 ? "resta 1" : `restam ${bought.left}`}`, ""]);
  if (booking.plan_id && state.shown.bookings.some((b) => b.plan_id === booking.plan_id && b.id !== booking.id)) said.push(["visita conjunta", ""]);
  if (notice?.status === "skipped") said.push([`não avisado: ${NOT_TOLD[notice.reason] ?? notice.reason}`, "odd"]);
  else if (notice?.status === "failed") said.push(["aviso não entregue", "odd"]);
  else if (notice) said.push(["cliente avisado", "good"]);
  return element("ul", "tags", ...said.map(([text, kind]) => element("li", kind, text)));
}

function more(booking) {
  const lines = [
    ["Telefone", booking.customer.phone && readableNumber(booking.customer.phone)],
    ["Preço", money(booking.price_cents)],
    ["Recebido", booking.received_at && time(booking.received_at)],
    ["Pronto", booking.ready_at && time(booking.ready_at)],
    ["Entregue", booking.delivered_at && time(booking.delivered_at)],
    ["Observações", booking.notes],
  ].filter(([, value]) => value);
  const others = element("div", "actions");
  if (booking.moves.includes("no_show")) others.append(button(MOVES.no_show.label, "quiet", () => move(booking, "no_show")));
  if (booking.moves.includes("cancel")) others.append(button(MOVES.cancel.label, "quiet", () => askToCancel(booking)));
  others.append(button("Histórico", "quiet", () => showHistory(booking)));
  const list = element("dl", "", ...lines.map(([name, value]) => element("div", "", element("dt", "", name), element("dd", "", value))));
  const made = element("details", "", element("summary", "", "Mais"), list, others);
  made.open = state.open.has(booking.id);
  made.addEventListener("toggle", () => state.open[made.open ? "add" : "delete"](booking.id));
  return made;
}

function button(text, className, onPress) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", onPress);
  return made;
}

// The dialog: why a booking is cancelled, or its history

let cancelled = null;

function openDialog(title, { cancels }) {
  one("[data-dialog-title]").textContent = title;
  for (const part of ["[data-reason-field]", "[data-cancel-hint]", "[data-confirm]"]) one(part).hidden = !cancels;
  one("[data-events]").replaceChildren();
  one("[data-cancel]").reset();
  dialogProblem("");
  one("[data-dialog]").showModal();
}

function dialogProblem(text) {
  one("[data-dialog-problem]").textContent = text;
  one("[data-dialog-problem]").hidden = !text;
}

// The dialog stays, with what was typed, until the cancellation is done.
async function cancelBooking() {
  const reason = one("[data-cancel]").elements.reason.value.trim();
  one("[data-confirm]").disabled = true;
  dialogProblem("");
  const wrong = await move(cancelled, "cancel", reason ? { reason } : {});
  one("[data-confirm]").disabled = false;
  if (wrong) dialogProblem(wrong);
  else one("[data-dialog]").close();
}

function askToCancel(booking) {
  cancelled = booking;
  openDialog(`Cancelar ${petName(booking)}, ${time(booking.starts_at)}?`, { cancels: true });
}

async function showHistory(booking) {
  cancelled = null;
  openDialog(`Histórico de ${petName(booking)}`, { cancels: false });
  try {
    const events = await ask(`bookings/${booking.id}/history`);
    one("[data-events]").replaceChildren(...events.reverse().map(entry));
  } catch (error) {
    one("[data-events]").replaceChildren(element("li", "", error.message));
  }
}

function entry({ at, actor, changes }) {
  return element("li", "", element("p", "soft", `${moment(at)} · ${actor}`), ...changes.map((change) => element("p", "", change)));
}

// Words

const zone = () => state.shown?.timezone;
const formatted = (instant, options) => new Intl.DateTimeFormat("pt-BR", { timeZone: zone(), ...options }).format(new Date(instant));
const time = (instant) => formatted(instant, { hour: "2-digit", minute: "2-digit" });
const moment = (instant) => formatted(instant, { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit" });
const money = (cents) => new Intl.NumberFormat("pt-BR", { style: "currency", currency: "BRL" }).format(cents / 100);
const petName = (booking) => booking.pet?.name ?? "Pet";
const shortDay = (instant) => formatted(instant, { day: "2-digit", month: "2-digit" });
const stay = (booking) => `${shortDay(booking.starts_at)} a ${shortDay(booking.ends_at)}`;

function dayName(day) {
  const name = new Intl.DateTimeFormat("pt-BR", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" }).format(new Date(day));
  return name[0].toUpperCase() + name.slice(1);
}

function absent({ resource, starts_at: starts, ends_at: ends, reason }) {
  const whole = new Date(ends) - new Date(starts) >= DAY;
  return `${resource} ausente ${whole ? `até ${moment(ends)}` : `das ${time(starts)} às ${time(ends)}`}${reason ? ` (${reason})` : ""}`;
}

function problem(text, of = "refresh") {
  const shown = one("[data-problem]");
  shown.textContent = text;
  shown.hidden = !text;
  shown.dataset.of = of;
}

function say(text) {
  one("[data-said]").textContent = text;
}

function link(kind, text) {
  one("[data-link]").dataset.state = kind;
  one("[data-link]").textContent = text;
}

// Wiring

function show(day) {
  state.day = day;
  problem("");
  refresh();
}

one("[data-sign-in]").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN, event.target.elements.token.value.trim());
  signIn();
});
one("[data-sign-out]").addEventListener("click", () => {
  signOut();
  problem("");
});
one("[data-shops]").addEventListener("change", (event) => {
  sessionStorage.setItem(SHOP, event.target.value);
  state.shop = event.target.value;
  show(null);
});
one("[data-today]").addEventListener("click", () => show(null));
one("[data-date]").addEventListener("change", (event) => event.target.value && show(event.target.value));
document.querySelectorAll("[data-days]").forEach((arrow) => {
  arrow.addEventListener("click", () => {
    if (!state.shown) return;
    const next = new Date(Date.parse(state.shown.day) + Number(arrow.dataset.days) * DAY);
    show(next.toISOString().slice(0, 10));
  });
});
one("[data-cancel]").addEventListener("submit", (event) => {
  if (event.submitter !== one("[data-confirm]")) return;
  event.preventDefault();
  cancelBooking();
});
function look() {
  if (document.hidden) return;
  if (state.shop) refresh();
  else if (sessionStorage.getItem(TOKEN)) signIn();
}
setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);

if (sessionStorage.getItem(TOKEN)) signIn();
else signedIn(false);
