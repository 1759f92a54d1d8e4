/** The asset sink, and everything that reads an asset back: reader, verifier, export. */
@NullMarked
package io.lva.asset;

import org.jspecify.annotations.NullMarked;
