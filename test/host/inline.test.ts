// The acceptance suite of sessions over replicas in the calling thread.
import { datasetByName } from "../../src/data/dataset.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { describeSession } from "./session.contract.ts";

describeSession("in the calling thread", ({ lookahead }) => {
  const host = new InlineHost();
  const session = new HostedSession({ host, datasetByName, lookahead });
  return Promise.resolve({
    session,
    machines: () => host.running().length,
    callsInFlight: () => Promise.resolve(0),
    close: () => session.close(),
  });
});
