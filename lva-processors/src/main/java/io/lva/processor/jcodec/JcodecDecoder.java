package io.lva.processor.jcodec;

import io.lva.media.codec.H264Parameters;
import io.lva.processor.EncodedPicture;
import io.lva.processor.Picture;
import io.lva.processor.PictureDecoder;
import io.lva.processor.PictureException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.decode.FrameReader;
import org.jcodec.codecs.h264.decode.SliceDecoder;
import org.jcodec.codecs.h264.decode.SliceReader;
import org.jcodec.codecs.h264.decode.deblock.DeblockingFilter;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.MBType;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.codecs.h264.io.model.VUIParameters;
import org.jcodec.common.IntObjectMap;

/**
 * Decodes H.264 key pictures with jcodec, in pure Java. A 1080p picture takes a core about 80 ms.
 *
 * <p>The parts of jcodec are used one by one, because its own decoder starts threads for a picture
 * of several slices and never ends them. A picture is used only when all of its macroblocks were
 * decoded. On damaged CABAC data jcodec may run forever, so the caller sets a deadline.
 *
 * <p>Used by one thread at a time.
 */
final class JcodecDecoder implements PictureDecoder {
  private static final int MACROBLOCK = 16;

  @Override
  public <T> T decode(EncodedPicture encoded, Function<Picture, T> use) throws PictureException {
    if (!(encoded.parameters() instanceof H264Parameters track)) {
      throw new PictureException("jcodec decodes H.264 only");
    }
    Picture picture;
    try {
      picture = decode(encoded.annexB(), track);
    } catch (RuntimeException e) { // of every kind, on damaged data
      throw new PictureException("jcodec: " + e, e);
    }
    return use.apply(picture);
  }

  private static Picture decode(byte[] annexB, H264Parameters track) throws PictureException {
    // jcodec removes emulation prevention bytes in place: it gets a copy.
    List<SliceReader> slices =
        new FrameReader().readFrame(H264Utils.splitFrame(ByteBuffer.wrap(annexB.clone())));
    if (slices == null || slices.isEmpty()) {
      throw new PictureException("jcodec: no slice in the sample");
    }
    SliceHeader first = slices.get(0).getSliceHeader();
    SeqParameterSet sps = first.sps;
    check(sps, track);
    DeblockerInput state = new DeblockerInput(sps);
    Frame frame =
        H264Decoder.createFrame(
            sps, planes(sps), first.frameNum, first.sliceType, state.mvs, state.refsUsed, 0);
    for (SliceReader slice : slices) {
      if (slice.getSliceHeader().sliceType != SliceType.I) {
        throw new PictureException("jcodec: no key picture, it depends on others");
      }
      new SliceDecoder(sps, new Frame[sps.numRefFrames], new IntObjectMap<>(), state, frame)
          .decodeFromReader(slice);
    }
    for (MBType macroblock : state.mbTypes) {
      if (macroblock == null) {
        throw new PictureException("jcodec: a part of the picture is missing");
      }
    }
    new DeblockingFilter(columns(sps), sps.bitDepthChromaMinus8 + 8, state).deblockFrame(frame);
    return picture(frame, sps, track);
  }

  private static void check(SeqParameterSet sps, H264Parameters track) throws PictureException {
    int columns = (track.width() + MACROBLOCK - 1) / MACROBLOCK;
    int rows = (track.height() + MACROBLOCK - 1) / MACROBLOCK;
    if (columns(sps) != columns || rows(sps) != rows) {
      throw new PictureException(
          "jcodec: a picture of "
              + columns(sps) * MACROBLOCK
              + "x"
              + rows(sps) * MACROBLOCK
              + " on a track of "
              + track.width()
              + "x"
              + track.height());
    }
  }

  private static int columns(SeqParameterSet sps) {
    return sps.picWidthInMbsMinus1 + 1;
  }

  private static int rows(SeqParameterSet sps) {
    return sps.picHeightInMapUnitsMinus1 + 1;
  }

  private static byte[][] planes(SeqParameterSet sps) {
    int luma = columns(sps) * rows(sps) * MACROBLOCK * MACROBLOCK;
    return new byte[][] {new byte[luma], new byte[luma / 4], new byte[luma / 4]};
  }

  private static Picture picture(Frame frame, SeqParameterSet sps, H264Parameters track) {
    VUIParameters usability = sps.vuiParams;
    boolean cropped = sps.frameCroppingFlag;
    int left = cropped ? sps.frameCropLeftOffset : 0;
    int top = cropped ? sps.frameCropTopOffset : 0;
    return new Picture(
        track.width(),
        track.height(),
        usability != null && usability.videoFullRangeFlag,
        plane(frame, 0, 2 * left, 2 * top),
        plane(frame, 1, left, top),
        plane(frame, 2, left, top));
  }

  /**
   * Makes a plane from jcodec's samples, which are signed, with 0 in the middle, and become
   * unsigned.
   */
  private static Picture.Plane plane(Frame frame, int index, int left, int top) {
    byte[] samples = frame.getPlaneData(index);
    for (int i = 0; i < samples.length; i++) {
      samples[i] ^= (byte) 0x80;
    }
    int stride = frame.getPlaneWidth(index);
    int start = top * stride + left;
    return new Picture.Plane(
        ByteBuffer.wrap(samples, start, samples.length - start).slice(), stride);
  }

  @Override
  public void close() {
    // Holds nothing between two pictures.
  }
}
