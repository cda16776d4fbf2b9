/** The stage as a picture: its figure with the styles it wears now, the messages on top, a caption that says which run. */

/** Properties that figures get from style sheets, which a file does not have. */
const INLINED = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset"],
  ...["stroke-linecap", "stroke-linejoin", "opacity", "visibility", "display", "paint-order", "vector-effect"],
  ...["font-family", "font-size", "font-weight", "font-style", "letter-spacing"],
  ...["text-anchor", "dominant-baseline", "transform", "transform-origin", "transform-box", "rx", "ry"],
];

const SVG = "http://www.w3.org/2000/svg";
const CAPTION_SIZE = 13;
const CAPTION_HEIGHT = 28;
/** Pixels of a PNG per CSS pixel. */
const RESOLUTION = 2;

/** Nothing is said, or what no attribute can say. */
function isUnset(name: string, value: string): boolean {
  return value === "" || value === "auto" || (name.startsWith("transform") && value === "none");
}

function inlineStyles(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  if (style.display === "none") {
    copy.remove();
    return;
  }
  for (const name of INLINED) {
    const value = style.getPropertyValue(name);
    // As attributes of their own: the page's policy forbids style attributes, and every program knows these.
    if (!isUnset(name, value)) copy.setAttribute(name, value);
  }
  copy.removeAttribute("style");
  for (const name of ["class", "tabindex", "role", "focusable"]) copy.removeAttribute(name);
  const copies = [...copy.children];
  for (const [at, child] of [...original.children].entries()) {
    const own = copies[at];
    if (own !== undefined) inlineStyles(child, own);
  }
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function captionElement(caption: string, height: number, style: CSSStyleDeclaration): SVGElement {
  const line = element("text", { x: 16, y: height + 8, "font-size": CAPTION_SIZE, fill: style.color });
  line.setAttribute("font-family", style.fontFamily);
  line.textContent = caption;
  return line;
}

/** The stage that is on the page, as a picture of its own. */
function stagePicture(caption: string): {
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly height: number;
} {
  const figure = document.querySelector<SVGSVGElement>(".stage-figure");
  if (figure === null) throw new Error("The stage is not on the page.");
  const flights = document.querySelector<HTMLCanvasElement>(".stage-flights");
  const { width, height, left, top } = figure.getBoundingClientRect();
  const style = getComputedStyle(document.body);
  const copy = figure.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error("The stage cannot be copied.");
  inlineStyles(figure, copy);
  const whole = height + CAPTION_HEIGHT;
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(whole));
  copy.setAttribute("viewBox", `0 0 ${width} ${whole}`);
  const surface = getComputedStyle(figure.parentElement ?? figure)
    .getPropertyValue("--surface")
    .trim();
  copy.prepend(element("rect", { width, height: whole, fill: surface === "" ? style.backgroundColor : surface }));
  if (flights !== null && flights.width > 0) {
    const on = flights.getBoundingClientRect();
    const place = { x: on.left - left, y: on.top - top, width: on.width, height: on.height };
    copy.append(element("image", { href: flights.toDataURL("image/png"), ...place }));
  }
  copy.append(captionElement(caption, height, style));
  return { svg: copy, width, height: whole };
}

function textOf(svg: SVGSVGElement): string {
  return new XMLSerializer().serializeToString(svg);
}

/** The stage as the text of an SVG file. */
export function stageSvg(caption: string): string {
  return textOf(stagePicture(caption).svg);
}

/** The stage as a PNG file. */
export async function stagePng(caption: string): Promise<Blob> {
  const { svg, width, height } = stagePicture(caption);
  const address = URL.createObjectURL(new Blob([textOf(svg)], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * RESOLUTION);
    canvas.height = Math.round(height * RESOLUTION);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error("The browser made no picture.")) : resolve(blob)));
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
