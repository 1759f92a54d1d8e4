package io.lva.fmp4;

import java.nio.charset.StandardCharsets;

/** The four-character codes of boxes and brands, as the 32-bit numbers that files hold. */
final class BoxType {
  static final int CO64 = of("co64");
  static final int CTTS = of("ctts");
  static final int DINF = of("dinf");
  static final int DREF = of("dref");
  static final int EDTS = of("edts");
  static final int ELST = of("elst");
  static final int FREE = of("free");
  static final int FTYP = of("ftyp");
  static final int HDLR = of("hdlr");
  static final int MDAT = of("mdat");
  static final int MDHD = of("mdhd");
  static final int MDIA = of("mdia");
  static final int MFHD = of("mfhd");
  static final int MINF = of("minf");
  static final int MOOF = of("moof");
  static final int MOOV = of("moov");
  static final int MVEX = of("mvex");
  static final int MVHD = of("mvhd");
  static final int NMHD = of("nmhd");
  static final int PRFT = of("prft");
  static final int SMHD = of("smhd");
  static final int STBL = of("stbl");
  static final int STCO = of("stco");
  static final int STSC = of("stsc");
  static final int STSD = of("stsd");
  static final int STSS = of("stss");
  static final int STSZ = of("stsz");
  static final int STTS = of("stts");
  static final int TFDT = of("tfdt");
  static final int TFHD = of("tfhd");
  static final int TKHD = of("tkhd");
  static final int TRAF = of("traf");
  static final int TRAK = of("trak");
  static final int TREX = of("trex");
  static final int TRUN = of("trun");
  static final int URL = of("url ");
  static final int UUID = of("uuid");
  static final int VMHD = of("vmhd");

  private BoxType() {}

  /** Returns the number of a four-character code. */
  static int of(String code) {
    byte[] bytes = code.getBytes(StandardCharsets.ISO_8859_1);
    return (bytes[0] & 0xff) << 24
        | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8
        | (bytes[3] & 0xff);
  }

  /** Returns the four characters, with a dot for each that is not printable ASCII. */
  static String text(int type) {
    StringBuilder text = new StringBuilder(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      int character = type >> shift & 0xff;
      text.append(character >= 0x20 && character < 0x7f ? (char) character : '.');
    }
    return text.toString();
  }
}
