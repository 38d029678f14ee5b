-- CreateTable
CREATE TABLE "Delivery" (
    "id" TEXT NOT NULL,
    "captureId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "state" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "result" TEXT,
    "bodySize" INTEGER NOT NULL DEFAULT 0,
    "body" BYTEA,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Delivery_state_idx" ON "Delivery"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_captureId_attempt_key" ON "Delivery"("captureId", "attempt");

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_captureId_fkey" FOREIGN KEY ("captureId") REFERENCES "Capture"("id") ON DELETE CASCADE ON UPDATE CASCADE;
