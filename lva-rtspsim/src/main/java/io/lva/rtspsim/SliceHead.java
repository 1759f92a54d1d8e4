package io.lva.rtspsim;

import io.lva.media.Bytes;
import io.lva.media.codec.BitReader;
import io.lva.media.codec.H264Sps;

/**
 * The fields at the beginning of a slice (ITU-T H.264 section 7.3.3) that show where its picture
 * belongs in display order.
 *
 * <p>Immutable.
 *
 * @param idr whether decoding can begin here
 * @param reference whether other pictures may be predicted from this one
 * @param orderLsb {@code pic_order_cnt_lsb}, 0 when there is none
 */
record SliceHead(boolean idr, boolean reference, int orderLsb) {
  /** Reads the first bytes of a slice's NAL unit. */
  static SliceHead parse(Bytes nalUnit, H264Sps sps) throws UnservableFileException {
    boolean idr = (nalUnit.get(0) & 0x1f) == H264NalUnits.IDR;
    BitReader in = new BitReader(nalUnit, 1);
    in.unsignedExpGolomb();
    in.unsignedExpGolomb();
    in.unsignedExpGolomb();
    if (sps.separateColourPlanes()) {
      in.skip(2);
    }
    in.skip(sps.log2MaxFrameNum());
    if (!sps.frameMbsOnly() && in.flag()) {
      throw new UnservableFileException("field pictures in a raw stream");
    }
    if (idr) {
      in.unsignedExpGolomb();
    }
    int orderLsb = sps.picOrderCntType() == 0 ? in.bits(sps.log2MaxPicOrderCntLsb()) : 0;
    if (in.exhausted()) {
      throw new UnservableFileException("slice is cut short");
    }
    return new SliceHead(idr, (nalUnit.get(0) & 0x60) != 0, orderLsb);
  }
}
