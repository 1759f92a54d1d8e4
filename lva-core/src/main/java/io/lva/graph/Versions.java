package io.lva.graph;

/** Which versions of the contract know a type or a property. */
enum Versions {
  ALL,
  ONLY_1_0,
  SINCE_2_0;

  boolean include(ApiVersion version) {
    return switch (this) {
      case ALL -> true;
      case ONLY_1_0 -> version == ApiVersion.V1_0;
      case SINCE_2_0 -> version == ApiVersion.V2_0;
    };
  }
}
