-- The codebooks of the store: each row of a table of the policy framework is a category, and its
-- patterns are words of that row (a spec holds this).  Titles of such rows are seldom quoted whole,
-- so the patterns are the parts of them that other texts can share.
-- A row that has no patterns here takes its title, and its parts between marks.

local codebooks = {}

-- name -> {table, id = column, text = columns that the words come from, patterns = id -> list}
codebooks.list = {
  principles = {
    table = "principles", id = "key", text = { "title", "statement" },
    title = "principles of foreign policy",
    patterns = {
      ["doc-lap-tu-chu"] = { "độc lập, tự chủ", "độc lập tự chủ",
        "đối ngoại độc lập, tự chủ" },
      ["da-phuong-hoa"] = { "đa phương hóa", "đa dạng hóa", "đa phương hóa, đa dạng hóa" },
      ["ban-doi-tac-thanh-vien"] = { "là bạn", "đối tác tin cậy", "thành viên có trách nhiệm" },
      ["bao-ve-tu-som-tu-xa"] = { "bảo vệ Tổ quốc từ sớm, từ xa", "từ sớm, từ xa" },
      ["hoi-nhap"] = { "hội nhập quốc tế", "chủ động và tích cực hội nhập",
        "chủ động, tích cực hội nhập", "chủ động và tích cực hội nhập quốc tế",
        "chủ động, tích cực hội nhập quốc tế" },
      ["loi-ich-quoc-gia"] = { "lợi ích quốc gia - dân tộc", "lợi ích quốc gia",
        "lợi ích quốc gia, dân tộc" },
      ["luat-phap-quoc-te"] = { "luật pháp quốc tế", "Hiến chương Liên hợp quốc" },
      ["binh-dang"] = { "cùng có lợi", "bình đẳng, cùng có lợi", "bình đẳng và cùng có lợi" },
      ["chu-quyen"] = { "toàn vẹn lãnh thổ", "công việc nội bộ", "tôn trọng độc lập, chủ quyền",
        "không can thiệp" },
      ["khong-vu-luc"] = { "không dùng vũ lực", "đe dọa dùng vũ lực",
        "không dùng vũ lực hoặc đe dọa dùng vũ lực" },
      ["giai-quyet-hoa-binh"] = { "thương lượng hòa bình", "giải quyết các bất đồng",
        "giải quyết bất đồng", "bất đồng và tranh chấp" },
      ["hop-tac-dau-tranh"] = { "vừa hợp tác, vừa đấu tranh", "vừa hợp tác vừa đấu tranh" },
      ["suc-manh"] = { "sức mạnh dân tộc", "sức mạnh thời đại", "sức mạnh của dân tộc",
        "sức mạnh của thời đại" },
      ["ba-tru-cot"] = { "ba trụ cột", "đối ngoại đảng", "ngoại giao nhà nước",
        "đối ngoại nhân dân" },
      ["nang-tam-da-phuong"] = { "đối ngoại đa phương", "nâng tầm đối ngoại đa phương" },
    },
  },
  ladder = {
    table = "terms", id = "rung", text = { "term" }, title = "ladder of the stance terms",
    grouped = "term",
  },
  tasks = {
    table = "tasks", id = "n", text = { "title" }, title = "task groups of Directive 25",
    patterns = {
      ["1"] = { "nâng cao nhận thức", "nhận thức" },
      ["2"] = { "hoàn thiện thể chế" },
      ["3"] = { "xây dựng năng lực", "năng lực" },
      ["4"] = { "tăng cường phối hợp", "phối hợp" },
      ["5"] = { "thông tin tuyên truyền", "thông tin, tuyên truyền", "tuyên truyền",
        "đẩy mạnh thông tin tuyên truyền" },
      ["6"] = { "huy động nguồn lực", "nguồn lực" },
    },
  },
  orientations = {
    table = "orientations", id = "n", text = { "title", "actions" },
    title = "orientations for multilateral diplomacy",
    patterns = {
      ["1"] = { "nghiên cứu, dự báo", "dự báo chiến lược", "công tác nghiên cứu", "tham mưu",
        "cán bộ nghiên cứu" },
      ["2"] = { "đổi mới tư duy", "phương thức tiếp cận", "chủ động tham gia", "đóng góp",
        "dẫn dắt", "định hình", "định hình luật lệ", "trung gian", "hòa giải",
        "đề xuất sáng kiến" },
      ["3"] = { "tổ chức bộ máy", "sắp xếp tổ chức bộ máy", "nguồn lực tài chính",
        "tăng cường đầu tư", "đội ngũ cán bộ", "tổ chức quốc tế", "văn phòng đại diện" },
      ["4"] = { "trọng tâm, trọng điểm", "tính liên thông", "đồng bộ", "chuyển đổi xanh",
        "chuyển đổi số", "KHCN", "năng lượng", "khí hậu", "lương thực",
        "an ninh phi truyền thống" },
      ["5"] = { "phối hợp nhịp nhàng", "ba trụ cột", "ba trụ cột đối ngoại", "đối ngoại Đảng",
        "ngoại giao Nhà nước", "đối ngoại Nhân dân", "hình ảnh, thương hiệu quốc gia",
        "tinh hoa văn hóa nhân loại" },
    },
  },
  strategies = {
    table = "guide_strategies", id = "n", text = { "title", "detail" },
    title = "core strategies of the cooperation guide",
    patterns = {
      ["1"] = { "lòng tin", "xây dựng lòng tin", "hiểu biết lẫn nhau", "minh bạch", "nhất quán",
        "ngoại giao công chúng", "giao lưu văn hóa", "trao đổi" },
      ["2"] = { "lợi ích chung", "mục tiêu rõ ràng", "giao thoa lợi ích", "điểm giao thoa",
        "SMART" },
      ["3"] = { "linh hoạt", "thích ứng", "khả năng thích ứng", "điều chỉnh kế hoạch",
        "giải pháp sáng tạo", "học hỏi" },
      ["4"] = { "năng lực nội tại", "tăng cường năng lực", "năng lực", "hỗ trợ kỹ thuật",
        "năng lực đối tác" },
      ["5"] = { "khung pháp lý", "pháp lý", "rõ ràng, minh bạch", "ràng buộc",
        "giải quyết tranh chấp" },
    },
  },
  mistakes = {
    table = "guide_mistakes", id = "n", text = { "title", "detail" },
    title = "mistakes that the cooperation guide warns of",
    patterns = {
      ["1"] = { "thiếu nghiên cứu", "chuẩn bị kỹ lưỡng", "kỹ lưỡng" },
      ["2"] = { "khác biệt văn hóa", "sự khác biệt", "coi nhẹ" },
      ["3"] = { "cam kết dài hạn", "thiếu cam kết", "kiên nhẫn", "dài hạn" },
      ["4"] = { "đánh giá đúng rủi ro", "rủi ro", "kỳ vọng",
        "quản lý kỳ vọng" },
      ["5"] = { "thiếu minh bạch", "minh bạch", "trách nhiệm giải trình", "giải trình" },
      ["6"] = { "lợi ích ngắn hạn", "ngắn hạn" },
    },
  },
}

--- Other names by which the codebooks are asked for.
codebooks.aliases = {
  terms = "ladder", stance = "ladder", guide_strategies = "strategies",
  guide_mistakes = "mistakes", directive_25 = "tasks",
}

--- Names of the codebooks, in alphabetical order.
--- Shape: nothing -> list of strings.
--- Units: none.
--- Errors: none.
--- Source: none.
function codebooks.names()
  local names = {}
  for name in pairs(codebooks.list) do names[#names + 1] = name end
  table.sort(names)
  return names
end

return codebooks
