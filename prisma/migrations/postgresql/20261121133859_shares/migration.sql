-- CreateTable
CREATE TABLE "Share" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "binId" TEXT NOT NULL,
    "captureId" TEXT,
    "hash" TEXT NOT NULL,
    "label" TEXT,
    "redact" BOOLEAN NOT NULL,
    "fields" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),
    "views" INTEGER NOT NULL DEFAULT 0,
    "lastViewedAt" TIMESTAMP(3),

    CONSTRAINT "Share_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Share_hash_key" ON "Share"("hash");

-- CreateIndex
CREATE INDEX "Share_workspaceId_createdAt_idx" ON "Share"("workspaceId", "createdAt");

-- CreateIndex
CREATE INDEX "Share_binId_idx" ON "Share"("binId");

-- AddForeignKey
ALTER TABLE "Share" ADD CONSTRAINT "Share_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
