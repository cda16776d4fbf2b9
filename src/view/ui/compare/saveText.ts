/** Hands a text to the person as a file. */

/** The browser needs the address a moment longer than the click. */
const KEPT = 10_000;

/** Saves `text` as `name`, wherever the browser puts downloads. */
export function saveText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
}
