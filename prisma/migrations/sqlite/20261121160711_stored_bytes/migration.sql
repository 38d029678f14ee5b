-- AlterTable
ALTER TABLE "Bin" ADD COLUMN "storedBytes" BIGINT NOT NULL DEFAULT 0;

-- What is there already counts too: see store/stored-bytes.ts.
UPDATE "Bin" SET "storedBytes" = sums."bytes" FROM (
    SELECT "binId", SUM(CAST("bodySize" AS BIGINT) + OCTET_LENGTH("headers") + OCTET_LENGTH("trailers") + OCTET_LENGTH("target")
        + COALESCE((SELECT SUM("bodySize") FROM "Delivery" WHERE "captureId" = "Capture"."id"), 0)) AS "bytes"
    FROM "Capture" GROUP BY "binId"
) AS sums WHERE "Bin"."id" = sums."binId";
