/** The label column: name and value of every lane, rewritten only where a text changed. */
import {
  availabilityText,
  lagText,
  ownerText,
  quantilesText,
  queueText,
  type Reading,
  recallOwner,
  recallText,
  writeText,
} from "./reading.ts";

export class LabelColumn {
  readonly #root: HTMLElement;
  readonly #shown = new Map<string, string>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Shows `reading`; `isPast` when it is not the present. */
  show(reading: Reading, isPast: boolean): void {
    this.#write("term-value", reading.term);
    this.#write("lag-value", lagText(reading.lag));
    this.#write("lag-owner", ownerText(reading.lag));
    this.#write("queue-value", queueText(reading.queue));
    this.#write("queue-owner", ownerText(reading.queue));
    this.#write("recall-value", recallText(reading.recall));
    this.#write("recall-owner", recallOwner(reading.recall));
    this.#write("write-value", writeText(reading.write));
    this.#write("quantiles-value", quantilesText(reading.bucket));
    this.#write("availability-value", availabilityText(reading.bucket));
    this.#root.toggleAttribute("data-past", isPast);
    this.#root.toggleAttribute("data-lagging", (reading.lag?.value ?? 0) > 0);
  }

  #write(part: string, text: string): void {
    if (this.#shown.get(part) === text) return;
    this.#shown.set(part, text);
    const element = this.#root.querySelector(`[data-part="${part}"]`);
    if (element !== null) element.textContent = text;
  }
}
