/** Where assets are kept: the interface of stores, and how a store is found. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.store;
