export function WorkspaceLink() {
  return (
    <p className="text-muted text-sm">
      <a href="/workspace" className="text-accent underline underline-offset-2">
        Workspace
      </a>
      : access tokens, opening it on another device, leaving, deleting everything
    </p>
  );
}
