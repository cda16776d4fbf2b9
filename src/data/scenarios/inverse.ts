/** What undoes an action that lasts `for` a while. */
import type { ActionFile } from "./actionSchema.ts";

/** The action that undoes this one; undefined when there is none. */
export function inverseOf(action: ActionFile): ActionFile | undefined {
  switch (action.do) {
    case "crash":
      return { do: "restart", replica: action.replica };
    case "pause":
      return { do: "resume", replica: action.replica };
    case "slow":
      return { do: "slow", replica: action.replica, factor: 1 };
    case "refuseWrites":
      return { do: "acceptWrites", replica: action.replica };
    case "clock":
      return { do: "clock", replica: action.replica };
    case "disk":
      return { do: "disk", replica: action.replica };
    case "cut":
      return { do: "restore", from: action.from, to: action.to };
    case "isolate":
    case "partition":
      return { do: "heal" };
    case "setSearchIndex":
      return action.kind === "none" ? undefined : { do: "setSearchIndex", kind: "none" };
    case "setRule":
      return { do: "setRule", rule: action.rule, on: !action.on };
    default:
      return undefined;
  }
}
