// WhatsApp's own mark-up (*bold*, _italic_, ~struck~) as elements; everything else stays text.

const MARKS = { "*": "strong", _: "em", "~": "s" };
const MARKED = /(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/gu;

export function formatted(text) {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(MARKED)) {
    fragment.append(text.slice(end, match.index));
    const element = document.createElement(MARKS[match[1]]);
    element.append(formatted(match[2]));
    fragment.append(element);
    end = match.index + match[0].length;
  }
  fragment.append(text.slice(end));
  return fragment;
}

export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// As many digits of a base as asked for; `crypto.randomUUID` is not there on every address of a network of one's own.
export function randomDigits(count, base) {
  return Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => (byte % base).toString(base)).join("");
}

export function readableNumber(digits) {
  const parts = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(digits);
  return parts ? `+55 ${parts[1]} ${parts[2]}-${parts[3]}` : `+${digits}`;
}
