// The acceptance suite of sessions over replicas behind a bare MessageChannel: everything that a worker is, but the thread.
import { datasetByName } from "../../src/data/dataset.ts";
import { PortHost } from "../../src/host/portHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { ChannelSupply } from "./channels.ts";
import { describeSession } from "./session.contract.ts";

describeSession("over a MessageChannel", ({ lookahead }) => {
  const supply = new ChannelSupply();
  const host = new PortHost(supply);
  const session = new HostedSession({ host, datasetByName, lookahead });
  return Promise.resolve({
    session,
    machines: () => supply.size,
    callsInFlight: () => Promise.resolve(host.inFlight),
    close: () => session.close(),
  });
});
