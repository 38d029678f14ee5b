-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Share" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "binId" TEXT NOT NULL,
    "captureId" TEXT,
    "hash" TEXT NOT NULL,
    "label" TEXT,
    "redact" BOOLEAN NOT NULL,
    "fields" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME,
    "revokedAt" DATETIME,
    "views" INTEGER NOT NULL DEFAULT 0,
    "lastViewedAt" DATETIME,
    "allowResend" BOOLEAN NOT NULL DEFAULT false,
    "resends" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Share_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Share" ("binId", "captureId", "createdAt", "expiresAt", "fields", "hash", "id", "label", "lastViewedAt", "redact", "revokedAt", "views", "workspaceId") SELECT "binId", "captureId", "createdAt", "expiresAt", "fields", "hash", "id", "label", "lastViewedAt", "redact", "revokedAt", "views", "workspaceId" FROM "Share";
DROP TABLE "Share";
ALTER TABLE "new_Share" RENAME TO "Share";
CREATE UNIQUE INDEX "Share_hash_key" ON "Share"("hash");
CREATE INDEX "Share_workspaceId_createdAt_idx" ON "Share"("workspaceId", "createdAt");
CREATE INDEX "Share_binId_idx" ON "Share"("binId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
