/** A number of the configuration, applied as it is typed by the command of its record. */
import type { Command } from "../../../model/protocol/commands.ts";
import type { RunConfig } from "../../../model/protocol/config.ts";
import { type AppServices, useServices } from "../appContext.ts";
import { attempt } from "../attempt.ts";
import { giveCommand } from "../deeds.ts";
import { changeNewest } from "../newestConfig.ts";
import type { NumberSetting } from "../panels/settings/settings.ts";
import { NumberField } from "./NumberField.tsx";

interface NumberSettingFieldProps {
  readonly setting: NumberSetting<RunConfig>;
  readonly config: RunConfig;
}

/** Orders `command` from a form; resolves to what the cluster has against it. */
export async function orderFromForm(services: AppServices, command: Command): Promise<string | undefined> {
  const outcome = await attempt(services, () => giveCommand(services, command));
  return outcome?.taken === false ? outcome.problem.message : undefined;
}

/** The field of one number. */
export function NumberSettingField({ setting, config }: NumberSettingFieldProps) {
  const services = useServices();
  const onValue = (value: number) =>
    changeNewest(services, (newest) => (setting.read(newest) === value ? undefined : setting.change(newest, value)));
  return <NumberField range={setting} value={setting.read(config)} onValue={onValue} />;
}
