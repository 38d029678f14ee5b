-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "forwardId" TEXT,
ADD COLUMN     "ruleId" TEXT;

-- CreateTable
CREATE TABLE "ForwardRule" (
    "id" TEXT NOT NULL,
    "binId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "url" TEXT NOT NULL,
    "name" TEXT,
    "query" TEXT,
    "path" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "maxAttempts" INTEGER NOT NULL,
    "timeoutMs" INTEGER NOT NULL,
    "answerSender" BOOLEAN NOT NULL,
    "answerTimeoutMs" INTEGER NOT NULL,
    "forwardedSeq" INTEGER NOT NULL,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "ForwardRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Forward" (
    "id" TEXT NOT NULL,
    "ruleId" TEXT NOT NULL,
    "binId" TEXT NOT NULL,
    "captureId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "url" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attemptsBefore" INTEGER NOT NULL DEFAULT 0,
    "since" TIMESTAMP(3) NOT NULL,
    "nextAttemptAt" TIMESTAMP(3),
    "leasedUntil" TIMESTAMP(3),
    "lastDeliveryId" TEXT,
    "status" INTEGER,
    "error" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Forward_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ForwardRule_binId_idx" ON "ForwardRule"("binId");

-- CreateIndex
CREATE INDEX "ForwardRule_deletedAt_idx" ON "ForwardRule"("deletedAt");

-- CreateIndex
CREATE INDEX "Forward_captureId_idx" ON "Forward"("captureId");

-- CreateIndex
CREATE INDEX "Forward_ruleId_state_nextAttemptAt_idx" ON "Forward"("ruleId", "state", "nextAttemptAt");

-- CreateIndex
CREATE UNIQUE INDEX "Forward_ruleId_seq_key" ON "Forward"("ruleId", "seq");

-- AddForeignKey
ALTER TABLE "Forward" ADD CONSTRAINT "Forward_captureId_fkey" FOREIGN KEY ("captureId") REFERENCES "Capture"("id") ON DELETE CASCADE ON UPDATE CASCADE;
