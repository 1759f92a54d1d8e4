package io.lva.media.codec;

import io.lva.media.Bytes;
import java.util.Locale;

/**
 * Profile, tier and level of H.265 (ITU-T H.265 clause 7.3.3).
 *
 * <p>Immutable.
 *
 * @param space {@code general_profile_space}, 0 to 3
 * @param highTier {@code general_tier_flag}
 * @param profileIdc {@code general_profile_idc}, 0 to 31
 * @param compatibility the 32 compatibility flags, the first one in the highest bit
 * @param constraints the six bytes of constraint flags
 * @param levelIdc thirty times the number of the level
 */
public record H265ProfileTierLevel(
    int space,
    boolean highTier,
    int profileIdc,
    int compatibility,
    Bytes constraints,
    int levelIdc) {
  /** Reads the general part and skips the parts of the sub-layers. */
  static H265ProfileTierLevel read(BitReader in, int subLayers) {
    int space = in.bits(2);
    boolean highTier = in.flag();
    int profileIdc = in.bits(5);
    int compatibility = in.bits(32);
    byte[] constraints = new byte[6];
    for (int i = 0; i < constraints.length; i++) {
      constraints[i] = (byte) in.bits(8);
    }
    int levelIdc = in.bits(8);
    boolean[] profiles = new boolean[8];
    boolean[] levels = new boolean[8];
    for (int i = 0; i < subLayers; i++) {
      profiles[i] = in.flag();
      levels[i] = in.flag();
    }
    in.skip(subLayers > 0 ? 2 * (8 - subLayers) : 0);
    for (int i = 0; i < subLayers; i++) {
      in.skip((profiles[i] ? 88 : 0) + (levels[i] ? 8 : 0));
    }
    return new H265ProfileTierLevel(
        space, highTier, profileIdc, compatibility, Bytes.copyOf(constraints), levelIdc);
  }

  /** Returns what follows the type of the sample entry (ISO/IEC 14496-15 annex E.3). */
  String codecSuffix() {
    StringBuilder text = new StringBuilder(".");
    if (space > 0) {
      text.append((char) ('A' + space - 1));
    }
    text.append(profileIdc).append('.');
    text.append(Integer.toHexString(Integer.reverse(compatibility)).toUpperCase(Locale.ROOT));
    text.append(highTier ? ".H" : ".L").append(levelIdc);
    int used = constraints.size();
    while (used > 0 && constraints.get(used - 1) == 0) {
      used--;
    }
    for (int i = 0; i < used; i++) {
      text.append('.').append(Integer.toHexString(constraints.get(i)).toUpperCase(Locale.ROOT));
    }
    return text.toString();
  }
}
