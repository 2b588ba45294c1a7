// The structured log of one conversation, line by line.

import { readLog } from "./api.js";
import { element } from "./text.js";

const KEPT = 300;
const QUIET = new Set(["organizationId", "conversationId", "correlationId", "instanceId", "contactId", "jobId", "turnId", "logger"]);

export class LogPanel {
  constructor(root) {
    this.lines = root.querySelector("[data-lines]");
    this.list = root.querySelector("[data-list]");
    this.nothing = root.querySelector("[data-nothing]");
    this.thread = root.querySelector("[data-thread]");
    this.clock = new Intl.DateTimeFormat("pt-BR", { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });
    this.seen = new Set();
  }

  use(conversationId) {
    if (conversationId === this.conversationId) return;
    this.conversationId = conversationId;
    this.last = null;
    this.seen.clear();
    this.list.replaceChildren();
    this.nothing.hidden = false;
    this.thread.hidden = !conversationId;
    if (conversationId) this.thread.href = `/simulator/threads/${conversationId}`;
    this.refresh();
  }

  async refresh() {
    const conversationId = this.conversationId;
    if (!conversationId) return;
    const entries = await readLog(conversationId, this.last).catch(() => []);
    if (conversationId !== this.conversationId) return;
    const atEnd = this.lines.scrollHeight - this.lines.scrollTop - this.lines.clientHeight < 80;
    for (const entry of entries) this.add(entry);
    while (this.list.children.length > KEPT) this.list.firstElementChild.remove();
    this.nothing.hidden = this.list.children.length > 0;
    if (atEnd && entries.length) this.lines.scrollTop = this.lines.scrollHeight;
  }

  add(entry) {
    if (this.seen.has(entry.id)) return;
    this.seen.add(entry.id);
    this.last = entry.id;
    const line = element("li", entry.level >= 50 ? "bad" : entry.level >= 40 ? "odd" : "");
    const head = element("div", "line-head");
    if (entry.time) head.append(element("time", "", this.clock.format(new Date(entry.time))));
    const [, tag, words] = /^\[([A-Z-]+)\]\s*(.*)$/s.exec(entry.msg ?? "") ?? [null, null, entry.msg ?? ""];
    if (tag) head.append(element("span", `tag tag-${tag.toLowerCase()}`, tag));
    head.append(element("span", "msg", words));
    line.append(head);
    const fields = Object.entries(entry.fields);
    const main = fields.filter(([name]) => !QUIET.has(name));
    const quiet = fields.filter(([name]) => QUIET.has(name));
    if (main.length) line.append(definitions(main));
    if (quiet.length) line.append(element("details", "", element("summary", "", "identificadores"), definitions(quiet)));
    this.list.append(line);
  }
}

function definitions(pairs) {
  const list = element("dl", "");
  for (const [name, value] of pairs) {
    const shown = typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
    list.append(element("div", "", element("dt", "", name), element("dd", "", shown)));
  }
  return list;
}
