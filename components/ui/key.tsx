export function Key({ children }: { children: string }) {
  return (
    <kbd className="inline-block min-w-5 rounded border border-line-strong bg-subtle px-1 text-center font-mono text-muted text-xs">
      {children}
    </kbd>
  );
}
