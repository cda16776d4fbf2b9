/** Small steps on SVG elements that write only what changed, so that a still picture costs nothing to keep. */

const SVG = "http://www.w3.org/2000/svg";

/** A new element at the end of `parent`. */
export function append<Name extends keyof SVGElementTagNameMap>(
  parent: Element,
  name: Name,
  className = "",
): SVGElementTagNameMap[Name] {
  const element = parent.ownerDocument.createElementNS(SVG, name);
  if (className !== "") element.setAttribute("class", className);
  parent.append(element);
  return element;
}

/** Sets an attribute if it differs; undefined removes it. */
export function write(element: Element, name: string, value: string | number | undefined): void {
  if (value === undefined) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
    return;
  }
  const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** Sets a CSS property of the element if it differs; empty gives it back to the style sheet. */
export function writeStyle(element: SVGElement, name: string, value: string): void {
  if (element.style.getPropertyValue(name) === value) return;
  if (value === "") element.style.removeProperty(name);
  else element.style.setProperty(name, value);
}

/** Sets the text if it differs. */
export function writeText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows or hides an element. A hidden one is not drawn, not hit and not read out. */
export function show(element: Element, shown: boolean): void {
  write(element, "display", shown ? undefined : "none");
}

/** `translate(x y)` on whole pixels, so that hairlines stay sharp. */
export function translate(x: number, y: number): string {
  return `translate(${Math.round(x)} ${Math.round(y)})`;
}
