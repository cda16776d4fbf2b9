/** The page: provides the services to everything below, and says where bar, stage, side and time stand. */
import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { useState } from "react";
import { AppContext, type AppServices } from "./appContext.ts";
import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import "./app.css";
import { Bar } from "./bar/Bar.tsx";
import { Counters } from "./Counters.tsx";
import { Dialogs } from "./dialogs/Dialogs.tsx";
import { FailureBanner } from "./FailureBanner.tsx";
import { Headline } from "./Headline.tsx";
import { HintCard } from "./HintCard.tsx";
import { useKeyboard } from "./keyboard.ts";
import { LiveRegion } from "./LiveRegion.tsx";
import { NoticeCard } from "./NoticeCard.tsx";
import { SidePanel } from "./panels/SidePanel.tsx";
import { Stage } from "./stage/Stage.tsx";
import { useTheme } from "./theme.ts";
import { TimePanel } from "./time/TimePanel.tsx";

function Page({ services }: { readonly services: AppServices }) {
  const [isTall, setTall] = useState(false);
  useTheme();
  useKeyboard(services);
  return (
    <div className="app" data-tall={isTall ? "" : undefined}>
      <Bar />
      <main className="app-stage">
        <Headline />
        <Counters />
        <Stage />
        <FailureBanner />
        <div className="over-stage">
          <NoticeCard />
          <HintCard />
        </div>
      </main>
      <SidePanel isTall={isTall} onTall={setTall} />
      <section className="app-time" aria-label="Time">
        <TimePanel />
      </section>
      <Dialogs />
      <LiveRegion />
    </div>
  );
}

/** Everything inside the page. */
export function App({ services }: { readonly services: AppServices }) {
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={300}>
        <AppContext value={services}>
          <Page services={services} />
        </AppContext>
      </Tooltip.Provider>
    </CSPProvider>
  );
}
