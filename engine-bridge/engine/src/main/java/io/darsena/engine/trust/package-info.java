/// Whom images come from. Keys and payloads are cosign's: [io.darsena.engine.trust.SimpleSigning] is what is signed,
/// in a bundle [io.darsena.engine.trust.ImageStatement]; [io.darsena.engine.trust.EncryptedKey] is how a private
/// key lies on disk, [io.darsena.engine.trust.Judgement] what signatures are worth. Start at
/// [io.darsena.engine.trust.EngineTrust].
@NullMarked
package io.darsena.engine.trust;

import org.jspecify.annotations.NullMarked;
