-- CreateTable
CREATE TABLE "Workspace" (
    "id" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessToken" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AccessToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Bin" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT,
    "reply" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastCaptureAt" TIMESTAMP(3),
    "lastVisitAt" TIMESTAMP(3) NOT NULL,
    "captureCount" INTEGER NOT NULL DEFAULT 0,
    "storedCount" INTEGER NOT NULL DEFAULT 0,
    "clearedSeq" INTEGER NOT NULL DEFAULT 0,
    "sweptSeq" INTEGER NOT NULL DEFAULT 0,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "Bin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Capture" (
    "id" TEXT NOT NULL,
    "binId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,
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
    "body" BYTEA NOT NULL,

    CONSTRAINT "Capture_pkey" PRIMARY KEY ("id")
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

-- AddForeignKey
ALTER TABLE "AccessToken" ADD CONSTRAINT "AccessToken_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Bin" ADD CONSTRAINT "Bin_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
