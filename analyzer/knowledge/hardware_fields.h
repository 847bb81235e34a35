// SPDX-License-Identifier: Apache-2.0
// The fields of Hardware in the order in which the codec writes them.
#ifndef LOGDIAG_KNOWLEDGE_HARDWARE_FIELDS_H_
#define LOGDIAG_KNOWLEDGE_HARDWARE_FIELDS_H_

#include <type_traits>

#include "analyzer/model/hardware.h"

namespace logdiag {

template <typename T, typename Row>
concept RowOf = std::is_same_v<std::remove_const_t<T>, Row>;

template <typename Archive, RowOf<Spread> T>
void Fields(Archive& archive, T& spread) {
  archive(spread.floor, spread.low, spread.central, spread.high,
          spread.ceiling);
}

template <typename Archive, RowOf<GpuCard> T>
void Fields(Archive& archive, T& card) {
  archive(card.name, card.match, card.also, card.nominal_mib,
          card.several_sizes, card.total_min_mib, card.total_max_mib, card.seen,
          card.compute, card.fp8, card.bf16, card.flash, card.runpod);
}

template <typename Archive, RowOf<WeightType> T>
void Fields(Archive& archive, T& type) {
  archive(type.id, type.bytes, type.words, type.whole);
}

template <typename Archive, RowOf<WeightSize> T>
void Fields(Archive& archive, T& size) {
  archive(size.dtype, size.mib);
}

template <typename Archive, RowOf<TextEncoder> T>
void Fields(Archive& archive, T& encoder) {
  archive(encoder.id, encoder.classes, encoder.weights);
}

template <typename Archive, RowOf<Vae> T>
void Fields(Archive& archive, T& vae) {
  archive(vae.id, vae.classes, vae.weights, vae.decode_bytes, vae.encode_bytes,
          vae.per_latent_frame, vae.scale, vae.frame_copies);
}

template <typename Archive, RowOf<DiffusionModel> T>
void Fields(Archive& archive, T& model) {
  archive(model.id, model.name, model.family, model.classes, model.words,
          model.data, model.dim, model.heads, model.layers, model.stride_frames,
          model.stride_side, model.patch, model.frame_step, model.experts,
          model.token_factor, model.k, model.k_native, model.k_wrapper,
          model.comfy_k, model.blocks, model.extra, model.fixed_mib,
          model.text_encoder, model.image_encoder, model.vae);
}

template <typename Archive, RowOf<VramRule> T>
void Fields(Archive& archive, T& rule) {
  archive(rule.state, rule.flags, rule.weights);
}

template <typename Archive, RowOf<MemoryConstants> T>
void Fields(Archive& archive, T& c) {
  archive(c.context_mib, c.usable_share, c.reserved_share, c.native_minimum_mib,
          c.native_reserve_mib, c.native_least_mib, c.native_unload_share,
          c.novram_weights_mib, c.frame_bytes, c.window_frames,
          c.encoder_run_mib, c.lora_mib_per_patch, c.process_mib);
}

template <typename Archive, RowOf<FamilyGuess> T>
void Fields(Archive& archive, T& guess) {
  archive(guess.family, guess.variants, guess.models);
}

template <typename Archive, RowOf<Assumptions> T>
void Fields(Archive& archive, T& assume) {
  archive(assume.smallest_dtype, assume.central_dtype, assume.largest_dtype,
          assume.families);
}

template <typename Archive, RowOf<Spelling> T>
void Fields(Archive& archive, T& spelling) {
  archive(spelling.word, spelling.means);
}

template <typename Archive, RowOf<SearchSteps> T>
void Fields(Archive& archive, T& search) {
  archive(search.dtypes, search.encoder_dtypes, search.swap_step,
          search.longest_frames, search.shortest_frames, search.frame_step,
          search.shortest_side, search.tiles);
}

template <typename Archive, RowOf<Hardware> T>
void Fields(Archive& archive, T& hardware) {
  archive(hardware.gpus, hardware.card_words, hardware.constants,
          hardware.vram_states, hardware.dtypes, hardware.text_encoders,
          hardware.vaes, hardware.models, hardware.spellings, hardware.assume,
          hardware.search);
}

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_HARDWARE_FIELDS_H_
