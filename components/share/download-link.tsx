import { Download } from "lucide-react";
import { buttonStyle } from "#components/ui/button.tsx";

export function DownloadLink({ href, label }: { href: string; label: string }) {
  return (
    <a href={href} download className={buttonStyle({ variant: "ghost", size: "sm" })}>
      <Download aria-hidden />
      {label}
    </a>
  );
}
