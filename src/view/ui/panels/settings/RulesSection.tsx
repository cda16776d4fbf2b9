/** The safety rules as switches: each names what it prevents, and a preset turns off what tutorials leave out. */
import { DEFAULT_RULES, type Rules, TUTORIAL_RULES } from "../../../../model/protocol/config.ts";
import { RULE_NAMES } from "../../../store/commandWords.ts";
import { order } from "../../actions.ts";
import { useServices } from "../../appContext.ts";
import { SwitchField } from "../../controls/SwitchField.tsx";
import { Section } from "./Section.tsx";

/** What happens without each rule, in one sentence; the two that are off by default say what they add. */
const RULE_NOTES: readonly (readonly [rule: keyof Rules, note: string])[] = [
  ["logUpToDateCheck", "Off: a replica that slept for a week may lead, and what was committed is gone."],
  ["commitCurrentTermOnly", "Off: an entry of an older term may count as committed and be overwritten (figure 8)."],
  ["keepVoteForTerm", "Off: a replica may vote twice, and one term may get two leaders."],
  ["persistTermAndVote", "Off: a restart forgets the vote, and one term may get two leaders."],
  ["persistLog", "Off: a restart forgets everything but the snapshot."],
  ["logConsistencyCheck", "Off: entries land wherever they fit, and logs disagree."],
  ["rejectStaleTerms", "Off: a deposed leader still finds followers."],
  ["readConfirmation", "Off: a deposed leader answers linearizable reads from the past."],
  ["checksum", "Off: a damaged record is served after a restart."],
  ["preVote", "On: a replica that returns asks first, and does not depose a leader that works."],
  ["checkQuorum", "On: a leader that hears no majority steps down."],
];

/** The section with all rules but `quorumReadWaits`, which stands with the reads. */
export function RulesSection({ rules }: { readonly rules: Rules }) {
  const services = useServices();
  const tutorial = async () => {
    for (const [rule] of RULE_NOTES) {
      if (DEFAULT_RULES[rule] && !TUTORIAL_RULES[rule] && rules[rule])
        await order(services, { kind: "setRule", rule, on: false });
    }
  };
  return (
    <Section title="Safety rules">
      <p className="note">Turning one off withdraws what it promised, for the rest of the run.</p>
      {RULE_NOTES.map(([rule, note]) => (
        <SwitchField
          key={rule}
          label={RULE_NAMES[rule]}
          note={note}
          on={rules[rule]}
          onChange={(on) => void order(services, { kind: "setRule", rule, on })}
        />
      ))}
      <button type="button" className="button" onClick={() => void tutorial()}>
        Elections as in a tutorial
      </button>
    </Section>
  );
}
