// SPDX-License-Identifier: Apache-2.0
// Text fit for XML.
#ifndef LOGDIAG_REPORTS_DATA_XML_H_
#define LOGDIAG_REPORTS_DATA_XML_H_

#include <string>
#include <string_view>

namespace logdiag {

// `text` for an element or an attribute in double quotes: markup as entities;
// without the characters that XML 1.0 forbids and without what is no UTF-8.
std::string XmlText(std::string_view text);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_DATA_XML_H_
