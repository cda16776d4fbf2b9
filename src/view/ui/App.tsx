/** The page: provides the services to everything below and lays out bar, stage, side panel and time. */
import { AppContext, type AppServices } from "./appContext.ts";
import { Stage } from "./stage/Stage.tsx";
import "./styles/tokens.css";
import { TimePanel } from "./time/TimePanel.tsx";

/** Everything inside the page. */
export function App({ services }: { readonly services: AppServices }) {
  return (
    <AppContext value={services}>
      <Stage />
      <TimePanel />
    </AppContext>
  );
}
