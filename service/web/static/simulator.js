// Wires the page: two phones, the log beside them, and one live connection.

import { Live } from "./live.js";
import { LogPanel } from "./log.js";
import { Phone } from "./phone.js";
import { randomDigits } from "./text.js";

const NAMES = ["Paula", "Rafael", "Beatriz", "Tiago", "Camila", "Otávio", "Lívia", "Marcos", "Renata", "Vitor"];
const SUGGESTIONS = {
  customer: [
    "Quero agendar banho para meu cachorro Rex",
    "Quais serviços vocês fazem?",
    "Tem horário amanhã às 10h?",
    "Quero falar com uma pessoa",
  ],
  owner: ["Quantos clientes atendi hoje?", "Quanto faturei esta semana?", "Quais serviços mais saem?", "Que clientes sumiram?", "Tem horário livre amanhã?"],
};
const LINK = { connecting: "conectando…", live: "conectado", slow: "reconectando…", lost: "sem conexão" };

const one = (selector) => document.querySelector(selector);
const stage = one("[data-stage]");
const picker = one("[data-shops]");
const memory = {
  get: (key) => {
    try {
      return JSON.parse(localStorage.getItem(`patas.simulator.${key}`));
    } catch {
      return null;
    }
  },
  set: (key, value) => localStorage.setItem(`patas.simulator.${key}`, JSON.stringify(value)),
};

let followed = "customer";
const logPanel = new LogPanel(one("#panel-log"));
const events = {
  onConversation: () => {
    live.watch([phones.customer.conversationId, phones.owner.conversationId]);
    logPanel.use(phones[followed].conversationId);
  },
  onActivity: (phone) => follow(phone.role),
};
const phones = Object.fromEntries(
  ["customer", "owner"].map((role) => [role, new Phone(one(`[data-phone="${role}"]`), SUGGESTIONS[role], events)]),
);
const live = new Live({
  onHint: (conversationId, kind) => {
    if (kind !== "log") Object.values(phones).find((phone) => phone.conversationId === conversationId)?.refresh();
    if (logPanel.conversationId === conversationId) logPanel.refresh();
  },
  onState: (state) => {
    const link = one("[data-link]");
    if (link.dataset.state === state) return;
    link.dataset.state = state;
    link.textContent = LINK[state];
  },
  onLookRound: () => Promise.all([...Object.values(phones), logPanel].map((part) => part.refresh())),
});

function follow(role) {
  followed = role;
  document.querySelectorAll("[data-log-of]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.logOf === role));
  logPanel.use(phones[role].conversationId);
}

function showTab(name) {
  stage.dataset.shown = name;
  document.querySelectorAll("[data-tab]").forEach((tab) => tab.setAttribute("aria-pressed", tab.dataset.tab === name));
  const unread = one(`[data-tab="${name}"] [data-unread]`);
  if (unread) unread.hidden = true;
  const chat = one(`#panel-${name} [data-chat]`);
  if (chat) chat.scrollTop = chat.scrollHeight;
  if (name in phones) follow(name);
}

function shop() {
  const { value, dataset } = picker.selectedOptions[0];
  return { instanceId: value, name: dataset.name, timezone: dataset.timezone, ownerPhone: dataset.ownerPhone, ownerName: dataset.ownerName };
}

function newCustomer() {
  const digits = randomDigits(8, 10);
  return { name: NAMES[Number(digits[0])], phone: `55119${digits}` };
}

function useCustomer(customer) {
  memory.set(`customer.${shop().instanceId}`, customer);
  one("[data-customer-form]").elements.name.value = customer.name ?? "";
  one("[data-customer-form]").elements.phone.value = customer.phone;
  phones.customer.use(shop(), customer);
  events.onConversation();
}

function useShop() {
  const chosen = shop();
  memory.set("shop", chosen.instanceId);
  document.title = `${chosen.name} · simulador Patas`;
  useCustomer(memory.get(`customer.${chosen.instanceId}`) ?? newCustomer());
  phones.owner.use(chosen, chosen.ownerPhone ? { name: chosen.ownerName, phone: chosen.ownerPhone } : null);
  events.onConversation();
}

function toggleCustomerForm(open) {
  one("[data-customer-form]").hidden = !open;
  one("[data-edit-customer]").setAttribute("aria-expanded", open);
}

one("[data-new-customer]").addEventListener("click", () => {
  toggleCustomerForm(false);
  useCustomer(newCustomer());
  phones.customer.text.focus();
});
one("[data-edit-customer]").addEventListener("click", () => toggleCustomerForm(one("[data-customer-form]").hidden));
one("[data-customer-form]").addEventListener("submit", (event) => {
  event.preventDefault();
  const { name, phone } = event.target.elements;
  const digits = phone.value.replace(/\D/g, "");
  const number = digits.length === 10 || digits.length === 11 ? `55${digits}` : digits;
  phone.setCustomValidity(number.length < 12 || number.length > 15 ? "Escreva o número com DDD, por exemplo 11 91234-5678." : "");
  if (!phone.reportValidity()) return;
  toggleCustomerForm(false);
  useCustomer({ name: name.value.trim(), phone: number });
});
one("[data-customer-form]").elements.phone.addEventListener("input", (event) => event.target.setCustomValidity(""));
document.querySelectorAll("[data-log-of]").forEach((button) => button.addEventListener("click", () => follow(button.dataset.logOf)));
document.querySelectorAll("[data-tab]").forEach((tab) => tab.addEventListener("click", () => showTab(tab.dataset.tab)));
for (const [role, phone] of Object.entries(phones)) {
  phone.root.addEventListener("news", ({ detail }) => {
    const elsewhere = stage.dataset.shown !== role && detail.some((message) => message.direction === "outgoing");
    if (elsewhere) one(`[data-tab="${role}"] [data-unread]`).hidden = false;
  });
}
picker.addEventListener("change", useShop);

const remembered = memory.get("shop");
if ([...picker.options].some((option) => option.value === remembered)) picker.value = remembered;
useShop();
