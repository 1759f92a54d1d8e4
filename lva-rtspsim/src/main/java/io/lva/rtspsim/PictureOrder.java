package io.lva.rtspsim;

import io.lva.media.codec.H264Sps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Derives from picture order counts when the pictures of a raw stream are shown (ITU-T H.264
 * section 8.2.1.1). They are ranked by their counts within each stretch that begins with an IDR
 * picture.
 *
 * <p>Confined to one thread.
 */
final class PictureOrder {
  private final boolean counted;
  private final int cycle;
  private final List<Integer> shownAt = new ArrayList<>();
  private final List<Long> stretch = new ArrayList<>();
  private long previousMsb;
  private int previousLsb;

  PictureOrder(H264Sps sps) throws UnservableFileException {
    if (sps.picOrderCntType() == 1 && sps.maxReorderFrames() > 0) {
      throw new UnservableFileException("picture order count of type 1 with reordering");
    }
    counted = sps.picOrderCntType() == 0;
    cycle = 1 << sps.log2MaxPicOrderCntLsb();
  }

  /** Adds the next picture in decoding order. */
  void add(SliceHead slice) {
    if (slice.idr()) {
      endStretch();
      previousMsb = 0;
      previousLsb = 0;
    }
    if (!counted) {
      shownAt.add(shownAt.size());
      return;
    }
    long msb = previousMsb;
    if (slice.orderLsb() < previousLsb && previousLsb - slice.orderLsb() >= cycle / 2) {
      msb += cycle;
    } else if (slice.orderLsb() > previousLsb && slice.orderLsb() - previousLsb > cycle / 2) {
      msb -= cycle;
    }
    stretch.add(msb + slice.orderLsb());
    if (slice.reference()) {
      previousMsb = msb;
      previousLsb = slice.orderLsb();
    }
  }

  /**
   * Returns by how many pictures the display of each picture lags behind its decoding.
   *
   * @return the numbers, not negative, in decoding order
   */
  int[] delays() {
    endStretch();
    int[] delays = new int[shownAt.size()];
    int reordering = 0;
    for (int i = 0; i < delays.length; i++) {
      reordering = Math.max(reordering, i - shownAt.get(i));
    }
    for (int i = 0; i < delays.length; i++) {
      delays[i] = shownAt.get(i) - i + reordering;
    }
    return delays;
  }

  private void endStretch() {
    int first = shownAt.size();
    List<Integer> byOrder =
        IntStream.range(0, stretch.size())
            .boxed()
            .sorted(Comparator.comparing(stretch::get))
            .toList();
    int[] ranks = new int[stretch.size()];
    for (int rank = 0; rank < ranks.length; rank++) {
      ranks[byOrder.get(rank)] = rank;
    }
    for (int rank : ranks) {
      shownAt.add(first + rank);
    }
    stretch.clear();
  }
}
