-- RedefineTable: a column that is added comes last, behind the body, and reading it would read that too.
CREATE TABLE "new_Delivery" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "captureId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "state" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "result" TEXT,
    "ruleId" TEXT,
    "forwardId" TEXT,
    "bodySize" INTEGER NOT NULL DEFAULT 0,
    "body" BLOB,
    CONSTRAINT "Delivery_captureId_fkey" FOREIGN KEY ("captureId") REFERENCES "Capture" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Delivery" ("id", "captureId", "attempt", "method", "url", "startedAt", "state", "request", "result", "bodySize", "body")
SELECT "id", "captureId", "attempt", "method", "url", "startedAt", "state", "request", "result", "bodySize", "body" FROM "Delivery";
DROP TABLE "Delivery";
ALTER TABLE "new_Delivery" RENAME TO "Delivery";
CREATE INDEX "Delivery_state_idx" ON "Delivery"("state");
CREATE UNIQUE INDEX "Delivery_captureId_attempt_key" ON "Delivery"("captureId", "attempt");

-- CreateTable
CREATE TABLE "ForwardRule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "binId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
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
    "deletedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Forward" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "ruleId" TEXT NOT NULL,
    "binId" TEXT NOT NULL,
    "captureId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "url" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attemptsBefore" INTEGER NOT NULL DEFAULT 0,
    "since" DATETIME NOT NULL,
    "nextAttemptAt" DATETIME,
    "leasedUntil" DATETIME,
    "lastDeliveryId" TEXT,
    "status" INTEGER,
    "error" TEXT,
    "createdAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    CONSTRAINT "Forward_captureId_fkey" FOREIGN KEY ("captureId") REFERENCES "Capture" ("id") ON DELETE CASCADE ON UPDATE CASCADE
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
