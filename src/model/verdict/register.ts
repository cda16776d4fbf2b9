/**
 * One id as an atomic register, judged while it is used: Gibbons and Korach, "Testing shared memories" (SIAM Journal on
 * Computing 26, 1997), section 4, the case in which every write has a value of its own. A write and the reads that saw
 * it have a zone, from the first end among them to the last start. Write A comes before B when something of A had ended
 * before something of B started; the history is linearizable exactly if no two writes come before each other (two
 * forward zones that overlap, or a backward zone inside a forward one) and no read ends before its write starts.
 *
 * An operation whose outcome is unknown has no end: it forbids nothing until some read has seen it. Deletes all write
 * the same value, absence: a read of it counts for a delete only where no other is possible, else it counts for none.
 * What remains is sound: whatever is reported is not linearizable, in whichever way the ambiguity is resolved.
 *
 * A zone that no read may show any more (a later one has ended before every open read began) is folded away. Kept per id
 * are hence the writes that overlap, those of unknown outcome, and a few outdated versions by number.
 */
import { type Micros, micros, NEVER } from "../../base/units.ts";
import type { Version } from "../protocol/item.ts";
import type { RequestId } from "../protocol/log.ts";

/** A write and what is known of the reads that saw it. */
export interface Zone {
  /** Undefined for absence: a delete, or an id that was not there in the beginning. */
  readonly version: Version | undefined;
  /** Undefined until the write is known whose version a read has shown. */
  writer: RequestId | undefined;
  /** When the first operation of it ended; {@link NEVER} while none has. */
  firstEnd: Micros;
  /** When the last operation of it started. */
  lastStart: Micros;
}

/** Why an answer cannot be: what it showed had been replaced, by `replacedBy` where that is known. */
export interface Conflict {
  readonly replacedBy: Zone | undefined;
}

/** Before everything that an operation can see: the beginning's own value. */
const BEGINNING = micros(-1);

/** Versions by number that are remembered after their zone was folded. */
const OUTDATED_LIMIT = 8;

function isVersion(zone: Zone, version: Version): boolean {
  return zone.version?.logIndex === version.logIndex && zone.version.term === version.term;
}

/** One number for a version; exact below two million terms. */
function numberOf({ term, logIndex }: Version): number {
  return term * 0x1_0000_0000 + logIndex;
}

export class Register {
  private readonly zones: Zone[] = [];
  /** When the open reads started, oldest first. */
  private readonly openReads: Micros[] = [];
  private readonly outdated: number[] = [];
  /** Puts that have started and whose version is not known yet: any unknown version may be one of them. */
  private unplaced = 0;
  /** A write of unknown outcome was forgotten: what nobody seems to have written may be its. */
  private forgetful = false;
  /** Two writes had the same version: nothing can be told apart any more. */
  private blind = false;

  /** `initial` is what the id held in the beginning; undefined for nothing. */
  constructor(initial: Version | undefined) {
    this.zones.push({ version: initial, writer: 0, firstEnd: BEGINNING, lastStart: BEGINNING });
  }

  /** How many zones are kept; for tests of the bound. */
  get size(): number {
    return this.zones.length;
  }

  startRead(at: Micros): void {
    this.openReads.push(at);
  }

  /** A read that started at `startedAt` ends without an answer. */
  dropRead(startedAt: Micros): void {
    const position = this.openReads.indexOf(startedAt);
    if (position >= 0) this.openReads.splice(position, 1);
  }

  /** A read ends, having shown `version`, or absence. An answer that cannot be is left out of what follows. */
  endRead(version: Version | undefined, startedAt: Micros, at: Micros): Conflict | undefined {
    this.dropRead(startedAt);
    if (this.blind) return undefined;
    const conflict = version === undefined ? this.showAbsence(startedAt, at) : this.show(version, startedAt, at);
    this.fold(at);
    return conflict;
  }

  startPut(): void {
    this.unplaced += 1;
  }

  startDelete(writer: RequestId, at: Micros): void {
    if (!this.blind) this.zones.push({ version: undefined, writer, firstEnd: NEVER, lastStart: at });
  }

  /** The version of a put becomes known. `first`: none was known before (a retry may give it a second one). */
  place(version: Version, writer: RequestId, startedAt: Micros, first: boolean): Conflict | undefined {
    if (first) this.unplaced -= 1;
    if (this.blind || this.outdated.includes(numberOf(version))) return undefined;
    const zone = this.zones.find((candidate) => isVersion(candidate, version));
    if (zone === undefined) {
      this.zones.push({ version, writer, firstEnd: NEVER, lastStart: startedAt });
      return undefined;
    }
    if (zone.writer === undefined) return this.adopt(zone, writer, startedAt);
    if (zone.writer !== writer) this.goBlind();
    return undefined;
  }

  /** A put that has been placed ends. */
  endPut(version: Version, at: Micros): void {
    this.end(
      this.zones.find((candidate) => isVersion(candidate, version)),
      at,
    );
  }

  endDelete(writer: RequestId, at: Micros): void {
    this.end(
      this.zones.find((candidate) => candidate.version === undefined && candidate.writer === writer),
      at,
    );
  }

  /** Nothing more will be heard of a write of unknown outcome, and there is no room to remember it. */
  forget(writer: RequestId, placed: boolean): void {
    if (!placed) this.unplaced -= 1;
    this.forgetful = true;
    const position = this.zones.findIndex((zone) => zone.writer === writer && zone.firstEnd === NEVER);
    if (position >= 0) this.zones.splice(position, 1);
  }

  private goBlind(): void {
    this.blind = true;
    this.zones.length = 0;
  }

  /** The write is found whose version a read has shown already. */
  private adopt(zone: Zone, writer: RequestId, startedAt: Micros): Conflict | undefined {
    zone.writer = writer;
    // A read cannot end before its write starts.
    if (zone.firstEnd < startedAt) return { replacedBy: undefined };
    return this.extend(zone, startedAt, zone.firstEnd);
  }

  private end(zone: Zone | undefined, at: Micros): void {
    // Nothing can have started after now, so that a zone whose first end is now contradicts none.
    if (zone !== undefined && zone.firstEnd > at) zone.firstEnd = at;
    this.fold(at);
  }

  private show(version: Version, startedAt: Micros, at: Micros): Conflict | undefined {
    const zone = this.zones.find((candidate) => isVersion(candidate, version));
    if (zone !== undefined) return this.extend(zone, startedAt, at);
    const mayBeNew = this.unplaced > 0 || this.forgetful;
    if (!mayBeNew || this.outdated.includes(numberOf(version))) return { replacedBy: this.latestBefore(startedAt) };
    this.zones.push({ version, writer: undefined, firstEnd: at, lastStart: startedAt });
    return undefined;
  }

  private showAbsence(startedAt: Micros, at: Micros): Conflict | undefined {
    if (this.forgetful) return undefined;
    let only: Zone | undefined;
    for (const zone of this.zones) {
      if (zone.version !== undefined || this.rival(zone, startedAt, at) !== undefined) continue;
      if (only !== undefined) return undefined;
      only = zone;
    }
    return only === undefined ? { replacedBy: this.latestBefore(startedAt) } : this.extend(only, startedAt, at);
  }

  /** Counts an operation from `startedAt` to `endedAt` for `zone`, unless that cannot be. */
  private extend(zone: Zone, startedAt: Micros, endedAt: Micros): Conflict | undefined {
    const replacedBy = this.rival(zone, startedAt, endedAt);
    if (replacedBy !== undefined) return { replacedBy };
    if (startedAt > zone.lastStart) zone.lastStart = startedAt;
    if (endedAt < zone.firstEnd) zone.firstEnd = endedAt;
    return undefined;
  }

  /** A zone that would come both before and after `zone` if that had this operation too. */
  private rival(zone: Zone, startedAt: Micros, endedAt: Micros): Zone | undefined {
    const lastStart = startedAt > zone.lastStart ? startedAt : zone.lastStart;
    const firstEnd = endedAt < zone.firstEnd ? endedAt : zone.firstEnd;
    for (const other of this.zones) {
      if (other !== zone && other.firstEnd < lastStart && other.lastStart > firstEnd) return other;
    }
    return undefined;
  }

  /** What a read that started at `startedAt` should have shown, for words: the last write that was over by then. */
  private latestBefore(startedAt: Micros): Zone | undefined {
    let latest: Zone | undefined;
    for (const zone of this.zones) {
      if (zone.firstEnd < startedAt && (latest === undefined || zone.lastStart > latest.lastStart)) latest = zone;
    }
    return latest;
  }

  /**
   * Folds the zones that no read may show any more: another that came later had ended before every open read began. A
   * zone that is folded contradicts no later operation that the one which outlived it does not contradict too.
   */
  private fold(at: Micros): void {
    if (this.zones.length < 2) return;
    const horizon = this.openReads[0] ?? at;
    let latest = BEGINNING;
    let second = BEGINNING;
    let whose: Zone | undefined;
    for (const zone of this.zones) {
      if (zone.firstEnd >= horizon || zone.lastStart <= second) continue;
      if (zone.lastStart > latest) {
        second = latest;
        latest = zone.lastStart;
        whose = zone;
      } else second = zone.lastStart;
    }
    let kept = 0;
    for (const zone of this.zones) {
      if (zone.firstEnd < horizon && (zone === whose ? second : latest) > zone.firstEnd) this.remember(zone.version);
      else {
        this.zones[kept] = zone;
        kept += 1;
      }
    }
    this.zones.length = kept;
  }

  private remember(version: Version | undefined): void {
    if (version === undefined) return;
    this.outdated.push(numberOf(version));
    if (this.outdated.length > OUTDATED_LIMIT) this.outdated.shift();
  }
}
