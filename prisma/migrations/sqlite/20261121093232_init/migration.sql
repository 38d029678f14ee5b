-- CreateTable
CREATE TABLE "Workspace" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "AccessToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "AccessToken_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Bin" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT,
    "reply" TEXT,
    "createdAt" DATETIME NOT NULL,
    "lastCaptureAt" DATETIME,
    "lastVisitAt" DATETIME NOT NULL,
    "captureCount" INTEGER NOT NULL DEFAULT 0,
    "storedCount" INTEGER NOT NULL DEFAULT 0,
    "clearedSeq" INTEGER NOT NULL DEFAULT 0,
    "sweptSeq" INTEGER NOT NULL DEFAULT 0,
    "deletedAt" DATETIME,
    CONSTRAINT "Bin_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Capture" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "binId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "method" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "query" TEXT,
    "httpVersion" TEXT NOT NULL,
    "contentType" TEXT,
    "remoteIp" TEXT,
    "tls" BOOLEAN NOT NULL,
    "declaredSize" BIGINT,
    "bodySize" INTEGER NOT NULL,
    "truncated" BOOLEAN NOT NULL,
    "problem" TEXT,
    "problemDetail" TEXT,
    "readMs" INTEGER NOT NULL,
    "note" TEXT,
    "starred" BOOLEAN NOT NULL DEFAULT false,
    "headers" TEXT NOT NULL,
    "trailers" TEXT NOT NULL,
    "body" BLOB NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "AccessToken_hash_key" ON "AccessToken"("hash");

-- CreateIndex
CREATE INDEX "AccessToken_workspaceId_idx" ON "AccessToken"("workspaceId");

-- CreateIndex
CREATE INDEX "Bin_workspaceId_createdAt_idx" ON "Bin"("workspaceId", "createdAt");

-- CreateIndex
CREATE INDEX "Bin_deletedAt_idx" ON "Bin"("deletedAt");

-- CreateIndex
CREATE INDEX "Bin_lastVisitAt_idx" ON "Bin"("lastVisitAt");

-- CreateIndex
CREATE UNIQUE INDEX "Capture_binId_seq_key" ON "Capture"("binId", "seq");
