-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN "bulkId" TEXT;
ALTER TABLE "Delivery" ADD COLUMN "bulkIndex" INTEGER;
ALTER TABLE "Delivery" ADD COLUMN "bulkOutcome" TEXT;

-- CreateTable
CREATE TABLE "BulkResend" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "binId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "gaps" TEXT NOT NULL,
    "ratePerSecond" INTEGER NOT NULL,
    "concurrency" INTEGER NOT NULL,
    "timeoutMs" INTEGER NOT NULL,
    "followRedirects" BOOLEAN NOT NULL,
    "query" TEXT,
    "state" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "total" INTEGER NOT NULL,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "other" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "position" INTEGER NOT NULL DEFAULT 0,
    "ahead" TEXT NOT NULL DEFAULT '[]'
);

-- CreateTable
CREATE TABLE "BulkResendCaptures" (
    "bulkResendId" TEXT NOT NULL PRIMARY KEY,
    "seqs" TEXT NOT NULL,
    CONSTRAINT "BulkResendCaptures_bulkResendId_fkey" FOREIGN KEY ("bulkResendId") REFERENCES "BulkResend" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "BulkResend_binId_startedAt_idx" ON "BulkResend"("binId", "startedAt");

-- CreateIndex
CREATE INDEX "BulkResend_state_idx" ON "BulkResend"("state");

-- CreateIndex
CREATE INDEX "Delivery_bulkId_bulkOutcome_bulkIndex_idx" ON "Delivery"("bulkId", "bulkOutcome", "bulkIndex");
