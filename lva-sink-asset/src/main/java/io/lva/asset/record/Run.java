package io.lva.asset.record;

import io.lva.media.UtcSource;

/**
 * A time line as the media loop sees it: one format, one clock, no unbridged holes. The writer lane
 * splits it where media was dropped.
 *
 * <p>Immutable.
 *
 * @param number the number of the run within its recording
 * @param format its tracks
 * @param utcSource where its UTC comes from
 * @param utcErrorNanos how far its UTC may be off
 */
record Run(long number, RunFormat format, UtcSource utcSource, long utcErrorNanos) {}
