package io.lva.decode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.processor.Picture;
import io.lva.processor.PictureException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Converted pictures keep the range of their values. */
class PlanarFrameTest {
  private static final int SIZE = 64;

  private final PlanarFrame planar = new PlanarFrame();
  private final AVFrame frame = avutil.av_frame_alloc();

  @AfterEach
  void close() {
    planar.close();
    avutil.av_frame_free(frame);
  }

  /** Makes the frame grey, of one brightness. */
  private Picture picture(int format, int range, int luma) throws PictureException {
    frame.format(format);
    frame.width(SIZE);
    frame.height(SIZE);
    frame.color_range(range);
    assertThat(avutil.av_frame_get_buffer(frame, 0)).isZero();
    for (int i = 0; i < 3; i++) {
      BytePointer data = frame.data(i);
      if (data != null) {
        BytePointer.memset(data, i == 0 ? luma : 128, (long) frame.linesize(i) * SIZE);
      }
    }
    return planar.picture(frame);
  }

  private static int luma(Picture picture) {
    return picture.luma().bytes().get(0) & 0xff;
  }

  @Test
  void picture_fullRange422_staysFull() throws Exception {
    Picture picture = picture(avutil.AV_PIX_FMT_YUVJ422P, avutil.AVCOL_RANGE_JPEG, 255);
    assertThat(picture.fullRange()).isTrue();
    assertThat(luma(picture)).isEqualTo(255);
  }

  @Test
  void picture_fullRange444ThatDoesNotStateIt_staysFull() throws Exception {
    Picture picture = picture(avutil.AV_PIX_FMT_YUVJ444P, avutil.AVCOL_RANGE_UNSPECIFIED, 255);
    assertThat(picture.fullRange()).isTrue();
    assertThat(luma(picture)).isEqualTo(255);
  }

  @Test
  void picture_fullRangeStatedBesideThePixelFormat_staysFull() throws Exception {
    Picture picture = picture(avutil.AV_PIX_FMT_YUV422P, avutil.AVCOL_RANGE_JPEG, 255);
    assertThat(picture.fullRange()).isTrue();
    assertThat(luma(picture)).isEqualTo(255);
  }

  @Test
  void picture_limitedRangeGrey_staysLimited() throws Exception {
    Picture picture = picture(avutil.AV_PIX_FMT_GRAY8, avutil.AVCOL_RANGE_MPEG, 235);
    assertThat(picture.fullRange()).isFalse();
    assertThat(luma(picture)).isEqualTo(235);
  }

  @Test
  void picture_limitedRange422_staysLimited() throws Exception {
    Picture picture = picture(avutil.AV_PIX_FMT_YUV422P, avutil.AVCOL_RANGE_MPEG, 235);
    assertThat(picture.fullRange()).isFalse();
    assertThat(luma(picture)).isEqualTo(235);
  }
}
