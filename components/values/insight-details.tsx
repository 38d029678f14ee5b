import type { ReactNode } from "react";
import { Added } from "#components/ui/added.tsx";
import { LongExact } from "#components/ui/long-exact.tsx";
import type { Insight } from "#components/values/insights.ts";
import { relativeTime } from "#components/values/relative-time.ts";

/** What Inlet reads in a value, line by line. */
export function InsightDetails({ insight }: { insight: Insight }) {
  if (insight.kind === "time") {
    return (
      <Lines as={`read as ${insight.as}`}>
        <DateLines date={insight.date} />
      </Lines>
    );
  }
  if (insight.kind === "number") {
    return (
      <Lines as="not kept by JavaScript">
        <Line name="JSON.parse gives">{insight.read}</Line>
      </Lines>
    );
  }
  if (insight.kind === "basic") {
    return (
      <Lines as="decoded from base64">
        <Line name="user:password">
          <LongExact text={insight.credentials} />
        </Line>
      </Lines>
    );
  }
  return (
    <Lines as="decoded JWT, signature not checked">
      <Line name="header">
        <LongExact text={insight.header} />
      </Line>
      <Line name="payload">
        <LongExact text={insight.payload} />
      </Line>
      {insight.times.map(([claim, date]) => (
        <Line key={claim} name={claim}>
          {utc(date)} ({relativeTime(date, new Date())})
        </Line>
      ))}
    </Lines>
  );
}

function DateLines({ date }: { date: Date }) {
  return (
    <>
      <Line name="UTC">{utc(date)}</Line>
      <Line name="here">
        {date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "long" })}
      </Line>
      <Line name="that is">{relativeTime(date, new Date())}</Line>
    </>
  );
}

function utc(date: Date): string {
  return date.toISOString().replace("T", " ").replace(".000Z", " UTC").replace("Z", " UTC");
}

function Lines({ as, children }: { as: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <div>
        <Added>{as}</Added>
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">{children}</dl>
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint leading-5">{name}</dt>
      <dd className="as-sent whitespace-pre-wrap leading-5">{children}</dd>
    </>
  );
}
