/** A titled part of the settings. */
import { type ReactNode, useId } from "react";

/** Heading and fields. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="panel-section" aria-labelledby={id}>
      <h3 className="panel-heading" id={id}>
        {title}
      </h3>
      {children}
    </section>
  );
}
