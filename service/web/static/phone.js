// One phone: what it shows is what the database holds, fetched whenever somebody hints that it changed.

import { answerAsShop, handBack, readConversation, sendMessage } from "./api.js";
import { element, formatted, randomDigits, readableNumber } from "./text.js";

const TICKS = {
  queued: ["◷", "na fila"],
  sending: ["◷", "enviando"],
  sent: ["✓", "enviada"],
  delivered: ["✓✓", "entregue"],
  read: ["✓✓", "lida"],
  failed: ["!", "não enviada"],
};
const OVERLAP = 20; // sequence numbers may become visible out of order: ask again for the newest few

export class Phone {
  constructor(root, suggestions, { onConversation, onActivity }) {
    this.root = root;
    this.role = root.dataset.phone;
    this.onConversation = onConversation;
    this.onActivity = onActivity;
    this.generation = 0;
    const find = (name) => root.querySelector(`[data-${name}]`);
    this.parts = Object.fromEntries(
      ["number", "shop", "presence", "escalated", "reason", "answer", "chat", "welcome", "messages", "typing", "chips", "problem", "composer"].map(
        (name) => [name, find(name)],
      ),
    );
    this.text = this.parts.composer.elements.content;
    this.listen(suggestions, find("hand-back"));
  }

  listen(suggestions, handBackButton) {
    const { composer, answer, chips } = this.parts;
    composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send();
      }
    });
    this.text.addEventListener("input", () => this.fit());
    this.text.addEventListener("focus", () => this.onActivity(this));
    answer.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = answer.elements.content;
      this.attempt(async () => {
        await answerAsShop(this.conversationId, field.value.trim());
        field.value = "";
      });
    });
    handBackButton.addEventListener("click", () => this.attempt(() => handBack(this.conversationId)));
    const { chat } = this.parts;
    this.pinned = true;
    chat.addEventListener("scroll", () => (this.pinned = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80));
    new ResizeObserver(() => this.pinned && this.toEnd()).observe(chat);
    for (const words of suggestions) {
      const chip = element("button", "", words);
      chip.type = "button";
      chip.addEventListener("click", () => {
        if (this.text.readOnly) return;
        this.text.value = words;
        this.send();
      });
      chips.append(chip);
    }
  }

  // Show another shop or another person; `person` is null where the shop has no such number.
  use(shop, person) {
    this.generation += 1;
    this.shop = shop;
    this.person = person;
    this.unsent = null;
    this.conversationId = null;
    this.last = 0;
    this.bubbles = new Map();
    this.day = null;
    this.clock = new Intl.DateTimeFormat("pt-BR", { timeZone: shop.timezone, hour: "2-digit", minute: "2-digit" });
    this.calendar = new Intl.DateTimeFormat("pt-BR", { timeZone: shop.timezone, weekday: "long", day: "numeric", month: "long" });
    this.parts.shop.textContent = shop.name;
    this.parts.number.textContent = person
      ? [person.name, readableNumber(person.phone)].filter(Boolean).join(" · ")
      : "Esta loja não tem número de dono cadastrado.";
    this.parts.messages.replaceChildren();
    this.parts.welcome.hidden = false;
    this.parts.composer.querySelectorAll("textarea, button").forEach((control) => (control.disabled = !person));
    this.parts.chips.hidden = !person;
    this.problem(null);
    this.state({ status: "active", typing: false });
    return this.refresh();
  }

  async refresh() {
    if (!this.person) return;
    const generation = this.generation;
    try {
      const view = await readConversation(this.shop.instanceId, this.person.phone, Math.max(0, this.last - OVERLAP));
      if (generation === this.generation) this.show(view);
    } catch (error) {
      if (generation !== this.generation) return;
      if (error.unreachable) this.parts.presence.textContent = "sem conexão";
      if (!this.parts.problem.dataset.of) this.problem(error.message);
    }
  }

  // The text stays in its field until the server has taken it. Sent again it is the same message: the first try may have arrived after all.
  async send() {
    const content = this.text.value.trim();
    if (!content || !this.person || this.text.readOnly) return;
    this.onActivity(this);
    const generation = this.generation;
    if (this.unsent?.content !== content) this.unsent = { id: randomDigits(32, 16), content };
    const message = { id: this.unsent.id, instance_id: this.shop.instanceId, phone: this.person.phone, name: this.person.name, content };
    this.text.readOnly = true;
    await this.attempt(async () => {
      const view = await sendMessage({ ...message, after: Math.max(0, this.last - OVERLAP) });
      if (generation === this.generation) this.show(view);
    });
    this.text.readOnly = false;
  }

  async attempt(action) {
    const generation = this.generation;
    try {
      await action();
      this.problem(null);
    } catch (error) {
      if (generation !== this.generation) return;
      this.problem(error.unreachable ? `${error.message} O que você escreveu continua aqui: tente de novo.` : error.message, "attempt");
      return;
    }
    await this.refresh();
  }

  show(view) {
    if (view.conversation_id !== this.conversationId) {
      this.conversationId = view.conversation_id;
      this.onConversation(this);
    }
    if (!this.parts.problem.dataset.of) this.problem(null);
    this.settle(view.messages);
    const stay = this.pinned;
    const fresh = view.messages.filter((message) => !this.bubbles.has(message.id));
    fresh.forEach((message) => this.add(message));
    for (const tick of view.ticks) this.tick(tick);
    this.state(view);
    this.parts.welcome.hidden = this.bubbles.size > 0;
    if (stay || fresh.some((message) => message.direction === "incoming")) this.toEnd();
    if (fresh.length) this.root.dispatchEvent(new CustomEvent("news", { detail: fresh }));
  }

  // What was sent has arrived, at once or late: its text leaves the field.
  settle(messages) {
    const sent = this.unsent;
    if (!sent || !messages.some((message) => message.external_id === `sim.in.${sent.id}`)) return;
    this.unsent = null;
    if (this.text.value.trim() === sent.content) this.text.value = "";
    this.fit();
    this.problem(null);
  }

  add(message) {
    const written = new Date(message.created_at);
    const mine = message.direction === "incoming";
    const bubble = element("li", mine ? "bubble mine" : "bubble theirs");
    bubble.dataset.id = message.id;
    bubble.dataset.seq = message.seq;
    if (!mine && !message.sent_by_ai) bubble.append(element("span", "author", "Equipe da loja"));
    bubble.append(element("span", "words", formatted(message.content || `[${message.message_type}]`)));
    const meta = element("span", "meta", element("time", "", this.clock.format(written)));
    meta.firstChild.dateTime = message.created_at;
    const ticks = element("span", "ticks");
    if (mine) ticks.append(element("span", "", "✓✓"), element("span", "sr-only", "recebida pela loja"));
    meta.append(ticks);
    bubble.append(meta);
    const day = this.calendar.format(written);
    const following = [...this.bubbles.values()].find((other) => Number(other.dataset.seq) > message.seq);
    if (day !== this.day && !following) {
      this.parts.messages.append(element("li", "day", day));
      this.day = day;
    }
    this.parts.messages.insertBefore(bubble, following ?? null);
    this.bubbles.set(message.id, bubble);
    this.last = Math.max(this.last, message.seq);
  }

  tick({ id, status, error_detail: detail }) {
    const bubble = this.bubbles.get(id);
    if (!bubble || bubble.dataset.status === status) return;
    bubble.dataset.status = status;
    const [mark, words] = TICKS[status] ?? ["", status];
    const ticks = bubble.querySelector(".ticks");
    const shown = element("span", "", mark);
    shown.setAttribute("aria-hidden", "true");
    ticks.replaceChildren(shown, element("span", "sr-only", words));
    ticks.title = detail ? `${words}: ${detail}` : words;
  }

  state({ status, typing, reason }) {
    const { presence, typing: dots, escalated, reason: why } = this.parts;
    const said = typing ? "digitando…" : status === "escalated" ? "com a equipe" : "online";
    if (presence.textContent !== said) presence.textContent = said;
    presence.classList.toggle("busy", typing);
    dots.hidden = !typing;
    escalated.hidden = status !== "escalated";
    why.textContent = reason ? `· ${reason}` : "";
  }

  toEnd() {
    this.parts.chat.scrollTop = this.parts.chat.scrollHeight;
    this.pinned = true;
  }

  // What went wrong; `of` an attempt it stays until the next one, or until what was sent turns out to have arrived.
  problem(words, of = "") {
    this.parts.problem.dataset.of = words ? of : "";
    this.parts.problem.hidden = !words;
    this.parts.problem.textContent = words ?? "";
  }

  fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 120)}px`;
  }
}
