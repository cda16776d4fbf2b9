/** The page: provides the services to everything below, and says where bar, stage, side and time stand. */
import { CSPProvider } from "@base-ui/react/csp-provider";
import { lazy, Suspense, useState } from "react";
import { AppContext, type AppServices, useView } from "./appContext.ts";
import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import "./app.css";
import { Bar } from "./bar/Bar.tsx";
import { Counters } from "./Counters.tsx";
import { FailureBanner } from "./FailureBanner.tsx";
import { Headline } from "./Headline.tsx";
import { HintCard, useDoneHints } from "./HintCard.tsx";
import { useKeyboard } from "./keyboard.ts";
import { LessonCard } from "./LessonCard.tsx";
import { LiveRegion } from "./LiveRegion.tsx";
import { LookBackBanner } from "./LookBackBanner.tsx";
import { NoticeCard } from "./NoticeCard.tsx";
import { OpeningCard } from "./OpeningCard.tsx";
import { SidePanel } from "./panels/SidePanel.tsx";
import { useComparison } from "./panels/search/useComparison.ts";
import { Stage } from "./stage/Stage.tsx";
import { useTheme } from "./theme.ts";
import { TimePanel } from "./time/TimePanel.tsx";
import { useMedia } from "./useMedia.ts";

/** Only large indexes take so long that somebody could read it. */
const IndexingCard = lazy(() => import("./IndexingCard.tsx"));
const Dialogs = lazy(() => import("./dialogs/Dialogs.tsx"));

/** The open dialog. Dialogs are loaded when the first one opens. */
function OpenDialog() {
  const isOpen = useView((state) => state.dialog !== undefined);
  return isOpen ? (
    <Suspense fallback={null}>
      <Dialogs />
    </Suspense>
  ) : null;
}

/** On a phone cards stand above the panel, one at a time: on the stage they would lie on a replica. */
function PhoneCard() {
  const looksBack = useView((state) => state.lookBack !== undefined);
  const hasNotice = useView((state) => state.notice !== undefined);
  const hasLesson = useView((state) => state.lesson !== undefined && !state.hidesLesson);
  if (looksBack) return <LookBackBanner />;
  if (hasNotice) return <NoticeCard />;
  return hasLesson ? <LessonCard /> : <HintCard />;
}

const Spacetime = lazy(() => import("./spacetime/Spacetime.tsx"));
const MapPicture = lazy(() => import("./map/MapPicture.tsx"));

/** The stage, the space-time diagram, both (on a narrow page one of them), or the map. What is no stage is loaded when opened. */
function Picture() {
  const picture = useView((state) => state.picture);
  const isNarrow = useMedia("(max-width: 900px)");
  if (picture === "map") {
    return (
      <Suspense fallback={null}>
        <MapPicture isNarrow={isNarrow} />
      </Suspense>
    );
  }
  return (
    <>
      {picture === "stage" || (picture === "both" && !isNarrow) ? <Stage /> : null}
      {picture === "stage" ? null : (
        <Suspense fallback={null}>
          <Spacetime isNarrow={isNarrow} />
        </Suspense>
      )}
    </>
  );
}

function Page({ services }: { readonly services: AppServices }) {
  const [isTall, setTall] = useState(false);
  const isPhone = useMedia("(max-width: 600px)");
  // One card at a time: two would lie on a replica.
  const hasNotice = useView(
    ({ notice, lesson, opening, indexing }) => (notice ?? lesson ?? opening ?? indexing) !== undefined,
  );
  const isIndexing = useView(({ indexing }) => indexing !== undefined);
  const looksBack = useView((state) => state.lookBack !== undefined);
  const picture = useView((state) => state.picture);
  useTheme();
  useKeyboard(services);
  useDoneHints();
  useComparison();
  return (
    <div className="app" data-tall={isTall ? "" : undefined}>
      <Bar />
      <main className="app-stage" data-picture={picture}>
        <Headline />
        <Counters />
        <Picture />
        <FailureBanner />
        {isPhone ? null : <LookBackBanner />}
        <div className="over-stage">
          <OpeningCard />
          {isIndexing ? (
            <Suspense>
              <IndexingCard />
            </Suspense>
          ) : null}
          {looksBack || isPhone ? null : <LessonCard />}
          {looksBack || isIndexing || isPhone ? null : <NoticeCard />}
          {isPhone || hasNotice || looksBack ? null : <HintCard />}
        </div>
      </main>
      <SidePanel isTall={isTall} onTall={setTall} hint={isPhone ? <PhoneCard /> : null} />
      <section className="app-time" aria-label="Time">
        <TimePanel />
      </section>
      <OpenDialog />
      <LiveRegion />
    </div>
  );
}

/** Everything inside the page. */
export function App({ services }: { readonly services: AppServices }) {
  return (
    <CSPProvider disableStyleElements>
      <AppContext value={services}>
        <Page services={services} />
      </AppContext>
    </CSPProvider>
  );
}
