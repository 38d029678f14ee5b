"use client";

import {
  type ComponentProps,
  Fragment,
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { ROW_HEIGHT, rowsTopOf, scrollHeightOf, scrollTopOf } from "#components/body/scroll-map.ts";
import { cn } from "#components/ui/cn.ts";

const OVERSCAN = 10;
/** Up to this all rows are laid out: they can wrap, be selected and found by the browser. */
export const FLOW_MAX_ROWS = 400;

export type RowsHandle = {
  /** Brings a row into view; `middle` also when it is in view already. */
  reveal(place: number, where?: "nearest" | "middle"): void;
  /** Rows that fit on a page. */
  page(): number;
  focus(): void;
};

type VirtualRowsProps = Omit<ComponentProps<"div">, "children" | "ref"> & {
  handle: RefObject<RowsHandle | null>;
  count: number;
  /** All rows, each as high as it is, without a scroller of their own. */
  flow: boolean;
  children: (place: number) => ReactNode;
};

/** Rows of one height, of which only those in view are there; or, where they are few, all. */
export function VirtualRows(props: VirtualRowsProps) {
  return props.flow ? <FlowRows {...props} /> : <WindowedRows {...props} />;
}

function FlowRows({ handle, count, flow, children, className, ...props }: VirtualRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  useImperativeHandle(handle, () => ({
    reveal: (place, where = "nearest") =>
      box.current?.children[place]?.scrollIntoView({
        block: where === "middle" ? "center" : "nearest",
      }),
    page: () => 20,
    focus: () => box.current?.focus({ preventScroll: true }),
  }));
  return (
    <div ref={box} className={cn("py-2 text-xs leading-5", className)} {...props}>
      {placesFrom(0, count).map((place) => (
        <Fragment key={place}>{children(place)}</Fragment>
      ))}
    </div>
  );
}

function WindowedRows({ handle, count, flow, children, className, ...props }: VirtualRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(600);
  /** Where the rows are, and the scroller's place that stands for it. */
  const [top, setTop] = useState({ rows: 0, scroll: 0 });
  const total = count * ROW_HEIGHT;
  const last = Math.max(0, total - height);
  const rowsTop = Math.min(top.rows, last);
  const isScaled = scrollHeightOf(total) !== total;

  useLayoutEffect(() => {
    const element = box.current!;
    const measure = () => setHeight(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  function moveTo(rows: number) {
    const next = Math.max(0, Math.min(last, rows));
    box.current!.scrollTop = scrollTopOf(next, total, height);
    setTop({ rows: next, scroll: box.current!.scrollTop });
  }

  useImperativeHandle(handle, () => ({
    reveal(place, where = "nearest") {
      const at = place * ROW_HEIGHT;
      const isIn = at >= rowsTop && at + ROW_HEIGHT <= rowsTop + height;
      if (where === "middle") {
        if (!isIn) moveTo(at - height / 2);
      } else if (at < rowsTop) moveTo(at);
      else if (!isIn) moveTo(at + ROW_HEIGHT - height);
      // The viewer itself may be out of view.
      box.current?.scrollIntoView({ block: "nearest" });
    },
    page: () => Math.max(1, Math.floor(height / ROW_HEIGHT) - 1),
    focus: () => box.current?.focus({ preventScroll: true }),
  }));

  // With so many rows a pixel of the scroller is many: the wheel moves rows, not the scroller.
  const wheel = useRef((_: WheelEvent) => {});
  wheel.current = (event) => {
    if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    const step = event.deltaY * (event.deltaMode === 1 ? ROW_HEIGHT : 1);
    if ((step < 0 && rowsTop === 0) || (step > 0 && rowsTop >= last)) return;
    event.preventDefault();
    moveTo(rowsTop + step);
  };
  useEffect(() => {
    const element = box.current!;
    if (!isScaled) return;
    const listen = (event: WheelEvent) => wheel.current(event);
    element.addEventListener("wheel", listen, { passive: false });
    return () => element.removeEventListener("wheel", listen);
  }, [isScaled]);

  const first = Math.max(0, Math.floor(rowsTop / ROW_HEIGHT) - OVERSCAN);
  const end = Math.min(count, Math.ceil((rowsTop + height) / ROW_HEIGHT) + OVERSCAN);
  const offset = first * ROW_HEIGHT - (isScaled ? rowsTop - top.scroll : 0);
  return (
    <div
      ref={box}
      data-scrolls
      className={cn(
        "relative overflow-auto text-xs leading-5 [contain:strict] [overflow-anchor:none]",
        className,
      )}
      // Room for the bar below, should rows be wider than the box.
      style={{ height: `min(70dvh, ${total + 16}px)` }}
      onScroll={({ currentTarget: { scrollTop } }) => {
        // What moveTo() set comes back as an event.
        if (Math.abs(scrollTop - top.scroll) < 1) return;
        setTop({ rows: rowsTopOf(scrollTop, total, height), scroll: scrollTop });
      }}
      {...props}
    >
      <div role="presentation" style={{ height: scrollHeightOf(total) }}>
        <div
          role="presentation"
          className="absolute top-0 left-0 min-w-full"
          style={{ transform: `translateY(${offset}px)` }}
        >
          {placesFrom(first, end).map((place) => (
            <Fragment key={place}>{children(place)}</Fragment>
          ))}
        </div>
      </div>
    </div>
  );
}

function placesFrom(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}
