/**
 * The whole page on a fake session: do what a person does, read what they see, look at the commands that left. Frames come
 * when the test emits them; there is no animation loop and no clock.
 */
import { act, render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { compareApi } from "../../src/host/compare.ts";
import type { OpenComparison } from "../../src/model/protocol/comparison.ts";
import type { Frame } from "../../src/model/protocol/frame.ts";
import { frameApplier } from "../../src/view/store/applyFrame.ts";
import { FrameCollector } from "../../src/view/store/frameCollector.ts";
import { FrameSource } from "../../src/view/store/frameSource.ts";
import { createViewStore } from "../../src/view/store/viewStore.ts";
import { App } from "../../src/view/ui/App.tsx";
import type { AppServices } from "../../src/view/ui/appContext.ts";
// What the page loads when it is opened is there at once, so that a test waits for what it is about.
import "../../src/view/ui/bar/FoldedPopup.tsx";
import "../../src/view/ui/bar/MenuPopup.tsx";
import "../../src/view/ui/compare/CompareDialog.tsx";
import "../../src/view/ui/dialogs/Dialogs.tsx";
import "../../src/view/ui/map/MapPicture.tsx";
import "../../src/view/ui/panels/events/EventsPanel.tsx";
import "../../src/view/ui/panels/settings/SettingsPanel.tsx";
import "../../src/view/ui/panels/search/Answers.tsx";
import "../../src/view/ui/panels/search/AnswersDialog.tsx";
import "../../src/view/ui/panels/search/AskAsClient.tsx";
import "../../src/view/ui/panels/shop/ShopPanel.tsx";
import "../../src/view/ui/panels/write/WritePanel.tsx";
import "../../src/view/ui/stage/VerbMenu.tsx";
import "../../src/view/ui/tellTurns.ts";
import "../../src/view/ui/time/BranchPopup.tsx";
import "../../src/view/ui/time/BreakMenu.tsx";
import "../../src/view/ui/time/LaneMenu.tsx";
import "../../src/view/ui/time/RunToMenu.tsx";
import "../../src/view/ui/time/ValuesDialog.tsx";
import { type FakeParts, FakeSession } from "./fakeSession.ts";
import { readHere } from "./readHere.ts";

/** Runs are compared by the model itself, in this thread, which does something else between two slices. */
const compareHere: OpenComparison = (order) => {
  const { advance, pictures } = compareApi(order);
  const pause = () => new Promise((resolve) => setTimeout(resolve));
  return { advance: () => pause().then(advance), pictures, close: () => undefined };
};

/** Renders the page and shows it the fake's frame. */
export async function renderApp(
  parts: FakeParts & Partial<Pick<AppServices, "openComparison" | "readElsewhere">> = {},
) {
  const session = new FakeSession(parts);
  const services = {
    session,
    frames: new FrameSource(),
    store: createViewStore(),
    openComparison: parts.openComparison ?? compareHere,
    readElsewhere: parts.readElsewhere ?? readHere,
  };
  const collector = new FrameCollector();
  const apply = frameApplier(services.store);
  const emit = (change: Partial<Frame> = {}) =>
    act(async () => {
      session.show(change);
      const frame = await session.pull();
      collector.add(frame);
      services.frames.publish(frame);
      const batch = collector.take();
      if (batch !== undefined) apply(batch);
    });
  const user = userEvent.setup();
  render(<App services={services} />);
  await emit();
  return { user, session, store: services.store, services, emit };
}
