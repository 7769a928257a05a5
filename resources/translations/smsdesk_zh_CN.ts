<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>SMS Evidence Desk</source>
        <translation>短信取证台</translation>
    </message>
    <message>
        <source>What it does not prove</source>
        <translation>它不能证明什么</translation>
    </message>
    <message>
        <source>Where your data lie</source>
        <translation>数据放在哪里</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>所用组件</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>A hash shows that a file has not changed since it was imported. It does not show that the screenshot was true before.</source>
        <translation>哈希值说明文件自导入以来没有改动，不能说明截图在导入之前就是真实的。</translation>
    </message>
    <message>
        <source>A number in a screenshot does not prove who sent the message. Keep the phone and the messages in it: the court may want to see them.</source>
        <translation>截图上的号码不能证明短信由谁发出。请保留手机和手机里的短信：法庭可能要求当庭查看。</translation>
    </message>
    <message>
        <source>What is marked may be in breach; whether it is, a court or an authority decides. The program gives no legal opinion.</source>
        <translation>标记只表示涉嫌违规；是否违规由法院或主管部门认定。本程序不提供法律意见。</translation>
    </message>
    <message>
        <source>Text and times are read by a machine and may be wrong. What a person checked or changed is kept beside what the machine read.</source>
        <translation>文字和时间由机器识读，可能有误。人工核对、更正的内容与机器识读的原文一并保留。</translation>
    </message>
    <message>
        <source>Each case is one file (.smscase), where you put it. Nothing is sent anywhere.</source>
        <translation>每个案件是一个文件（.smscase），放在您指定的位置。任何内容都不会外传。</translation>
    </message>
    <message>
        <source>Settings: {path}</source>
        <translation>设置：{path}</translation>
    </message>
    <message>
        <source>Log of faults, without any message text: {path}</source>
        <translation>故障日志（不含短信内容）：{path}</translation>
    </message>
    <message>
        <source>SMS Evidence Desk: Apache License 2.0.</source>
        <translation>短信取证台：Apache License 2.0。</translation>
    </message>
    <message>
        <source>Fonts (SIL Open Font License): {path}</source>
        <translation>字体（SIL Open Font License）：{path}</translation>
    </message>
    <message>
        <source>Models for reading (Apache License 2.0): {path}</source>
        <translation>识读模型（Apache License 2.0）：{path}</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>复制全部</translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message>
        <source>What all of them get</source>
        <translation>全部改为</translation>
    </message>
    <message>
        <source>Do it  Enter</source>
        <translation>执行  Enter</translation>
    </message>
    <message>
        <source>No  Esc</source>
        <translation>取消  Esc</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) selected</source>
        <translation>
            <numerusform>已选 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Working out what changes: {done}/{count}  ·  {name}</source>
        <translation>正在准备 {done}/{count}  ·  {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) will change: {name}</source>
        <translation>
            <numerusform>%n 条将改变：{name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n stay(s) as it is</source>
        <translation>
            <numerusform>  ·  %n 条不变</numerusform>
        </translation>
    </message>
    <message>
        <source>Number…</source>
        <translation>号码…</translation>
    </message>
    <message>
        <source>number or name; then Enter</source>
        <translation>号码或名称，回车确认</translation>
    </message>
    <message>
        <source>Date…</source>
        <translation>日期…</translation>
    </message>
    <message>
        <source>2025-12-18 or 12-18; then Enter</source>
        <translation>如 2025-12-18 或 12-18，回车确认</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>已核对</translation>
    </message>
    <message>
        <source>Key  S</source>
        <translation>关键  S</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>去掉标记</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>收件人</translation>
    </message>
</context>
<context>
    <name>CalendarPanel</name>
    <message>
        <source>Messages a day</source>
        <translation>每天的条数</translation>
    </message>
    <message numerus="yes">
        <source>%n or more a day (own line, not the law&apos;s)</source>
        <translation>
            <numerusform>一天 %n 条以上（自设提示线，非法定标准）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them at night</source>
        <translation>
            <numerusform>其中夜间 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message numerus="yes">
        <source>{name}: %n message(s)</source>
        <translation>
            <numerusform>{name}：%n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaseCardDialog</name>
    <message>
        <source>Case details</source>
        <translation>案件资料</translation>
    </message>
    <message>
        <source>Case name</source>
        <translation>案件名称</translation>
    </message>
    <message>
        <source>Claimant</source>
        <translation>原告（申请人）</translation>
    </message>
    <message>
        <source>Respondent</source>
        <translation>被告（被投诉人）</translation>
    </message>
    <message>
        <source>Cause of action</source>
        <translation>案由</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>案号</translation>
    </message>
    <message>
        <source>may be left empty</source>
        <translation>可以不填</translation>
    </message>
    <message>
        <source>Submitted by</source>
        <translation>提交人</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>Facts in brief</source>
        <translation>事实概要</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>About the claimant (for complaints and lawsuits)</source>
        <translation>权利人信息（投诉、起诉时需要）</translation>
    </message>
    <message>
        <source>Identity number</source>
        <translation>身份证号</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>住址</translation>
    </message>
    <message>
        <source>About the respondent and the loan</source>
        <translation>对方与借款信息</translation>
    </message>
    <message>
        <source>Unified social credit code</source>
        <translation>统一社会信用代码</translation>
    </message>
    <message>
        <source>Respondent&apos;s address</source>
        <translation>对方地址</translation>
    </message>
    <message>
        <source>App or product</source>
        <translation>App 或产品</translation>
    </message>
    <message>
        <source>Contract number</source>
        <translation>合同编号</translation>
    </message>
    <message>
        <source>Date of the loan</source>
        <translation>借款日期</translation>
    </message>
    <message>
        <source>Sum of the loan</source>
        <translation>借款金额</translation>
    </message>
    <message>
        <source>Requests and earlier complaints</source>
        <translation>诉求与此前的投诉</translation>
    </message>
    <message>
        <source>What is asked for</source>
        <translation>诉求</translation>
    </message>
    <message>
        <source>Complaint to the lender (when, number)</source>
        <translation>向机构投诉的时间和编号</translation>
    </message>
</context>
<context>
    <name>CasePage</name>
    <message>
        <source>Cases</source>
        <translation>案件架</translation>
    </message>
    <message>
        <source>Close this case and show all cases (Ctrl+W)</source>
        <translation>关闭本案，回到案件架（Ctrl+W）</translation>
    </message>
    <message>
        <source>Search the messages  Ctrl+F</source>
        <translation>搜索短信  Ctrl+F</translation>
    </message>
    <message>
        <source>Search the messages</source>
        <translation>搜索短信</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Recompute every hash and check that nothing was changed</source>
        <translation>重新计算全部哈希，检查有无改动</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Write the court PDF of all messages (Ctrl+E)</source>
        <translation>导出全部短信的证据材料 PDF（Ctrl+E）</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Keep this search as a view of your own</source>
        <translation>把这次搜索存为自己的视图</translation>
    </message>
    <message>
        <source>Rename this view	F2</source>
        <translation>重命名	F2</translation>
    </message>
    <message>
        <source>Remove this view	Del</source>
        <translation>移除	Del</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Cases and evidence packages (*.smscase *.zip)</source>
        <translation>案件和证据包 (*.smscase *.zip)</translation>
    </message>
    <message>
        <source>Open a case</source>
        <translation>打开案件</translation>
    </message>
    <message>
        <source>Evidence packages (*.zip)</source>
        <translation>证据包 (*.zip)</translation>
    </message>
    <message>
        <source>Verify an evidence package</source>
        <translation>校验证据包</translation>
    </message>
    <message>
        <source>Pictures, PDFs or ZIP files to import</source>
        <translation>选择要导入的图片、PDF 或压缩包</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
</context>
<context>
    <name>Crash</name>
    <message>
        <source>Something went wrong inside the program. What was saved in the case is safe, and you can go on; if it happens again, restart the program and send us the copied details.</source>
        <translation>程序内部出错。案件中已保存的内容没有丢失，可以继续使用；如再次出现，请重启程序，并把复制的详情发给我们。</translation>
    </message>
</context>
<context>
    <name>CustodyLogDialog</name>
    <message>
        <source>Custody log</source>
        <translation>流转记录</translation>
    </message>
    <message>
        <source>Search the log: a file, a person, a date</source>
        <translation>搜索流转记录：文件名、人、日期</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>搜索流转记录</translation>
    </message>
    <message>
        <source>The whole entry</source>
        <translation>完整记录</translation>
    </message>
    <message>
        <source>Choose an entry to see it whole, hashes included.</source>
        <translation>选中一条，这里显示完整内容和哈希值。</translation>
    </message>
    <message>
        <source>Copy what is shown</source>
        <translation>复制所列内容</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>accept what is proposed</source>
        <translation>确认建议并标为已核对</translation>
    </message>
    <message>
        <source>mark as reviewed</source>
        <translation>标为已核对</translation>
    </message>
    <message>
        <source>mark as new</source>
        <translation>标为待核对</translation>
    </message>
    <message>
        <source>mark {label}</source>
        <translation>标记 {label}</translation>
    </message>
    <message>
        <source>unmark {label}</source>
        <translation>去掉标记 {label}</translation>
    </message>
    <message>
        <source>mark as key</source>
        <translation>标为关键</translation>
    </message>
    <message>
        <source>no longer key</source>
        <translation>取消关键</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>That is no time: write 2025-12-18 23:41, or 12-18, or 23:41</source>
        <translation>看不懂这个时间，请写成 2025-12-18 23:41、12-18 或 23:41</translation>
    </message>
    <message>
        <source>That time is still to come; is the year right?</source>
        <translation>这个时间还没有到，请核对年份。</translation>
    </message>
    <message>
        <source>correct the time</source>
        <translation>更正时间</translation>
    </message>
    <message>
        <source>That is no number and no name.</source>
        <translation>这不是号码，也不是名称。</translation>
    </message>
    <message>
        <source>correct the number</source>
        <translation>更正号码</translation>
    </message>
    <message>
        <source>correct the direction</source>
        <translation>更正收发方向</translation>
    </message>
    <message>
        <source>recipient: {name}</source>
        <translation>收件人 {name}</translation>
    </message>
    <message>
        <source>institution {name}</source>
        <translation>归属机构 {name}</translation>
    </message>
    <message>
        <source>confirm {label}</source>
        <translation>确认 {label}</translation>
    </message>
    <message>
        <source>reject {label}</source>
        <translation>排除 {label}</translation>
    </message>
</context>
<context>
    <name>DossierPanel</name>
    <message>
        <source>Labels, proposed or confirmed</source>
        <translation>标签（建议的和已确认的）</translation>
    </message>
    <message>
        <source>Hours of the day</source>
        <translation>一天各时段的条数</translation>
    </message>
    <message>
        <source>Also read as {others}: compare with the pictures</source>
        <translation>另读作 {others}，请与截图核对</translation>
    </message>
    <message>
        <source>The picture shows no number that the numbering plan knows.</source>
        <translation>截图上没有号码规划中的号码。</translation>
    </message>
    <message>
        <source>Kind, operator and place follow from the number&apos;s prefix and the public numbering plan. Prefixes are resold and numbers carried over: who owns it they do not tell.</source>
        <translation>种类、运营商和归属地由号段和公开的号码规划得出。号段可以转售，号码可以携号转网，因此不说明由谁使用。</translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) placed by you</source>
        <translation>
            <numerusform>其中 %n 个号码由您归入</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Why these numbers stand together:</source>
        <translation>归在一起的依据：</translation>
    </message>
    <message>
        <source>Institution: {name} ({why})</source>
        <translation>机构：{name}（{why}）</translation>
    </message>
    <message>
        <source>none</source>
        <translation>未归属</translation>
    </message>
    <message>
        <source>placed by you</source>
        <translation>由您归入</translation>
    </message>
    <message>
        <source>its texts are signed {name}</source>
        <translation>短信签名为{name}</translation>
    </message>
    <message>
        <source>numbers in the texts</source>
        <translation>短信中留的号码</translation>
    </message>
    <message>
        <source>nothing in its texts ties it to another number</source>
        <translation>短信内容与其他号码没有关联</translation>
    </message>
    <message numerus="yes">
        <source>signature {name}: %n number(s)</source>
        <translation>
            <numerusform>短信签名{name}：%n 个号码</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>number {number} in the texts: %n number(s)</source>
        <translation>
            <numerusform>短信中留的号码 {number}：%n 个号码</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{from}:00 to {to}:00: %n message(s)</source>
        <translation>
            <numerusform>{from}:00 至 {to}:00：%n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmptySide</name>
    <message>
        <source>Choose pictures…</source>
        <translation>选择截图…</translation>
    </message>
</context>
<context>
    <name>ExhibitForm</name>
    <message>
        <source>Show its messages</source>
        <translation>查看这些短信</translation>
    </message>
    <message>
        <source>Name of the exhibit</source>
        <translation>证据名称</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>证据来源</translation>
    </message>
    <message>
        <source>What it is to show</source>
        <translation>证明对象</translation>
    </message>
    <message>
        <source>Contents in short</source>
        <translation>内容简述</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Back to the proposal</source>
        <translation>恢复建议</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>written by you</source>
        <translation>人工填写</translation>
    </message>
</context>
<context>
    <name>ExhibitTree</name>
    <message>
        <source>Exhibits by group</source>
        <translation>按组排列的证据</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>证据名称</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页码</translation>
    </message>
    <message>
        <source>Drop files here to add them to this group</source>
        <translation>把文件拖到这里，就加入这一组</translation>
    </message>
    <message>
        <source>nothing yet: left out of the catalogue</source>
        <translation>还没有材料，目录中不列</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>第{number}组</translation>
    </message>
</context>
<context>
    <name>ExhibitsPlace</name>
    <message>
        <source>Add files…</source>
        <translation>添加材料…</translation>
    </message>
    <message>
        <source>New group…</source>
        <translation>新建组…</translation>
    </message>
    <message>
        <source>Rename group…</source>
        <translation>组改名…</translation>
    </message>
    <message>
        <source>Up  Alt+↑</source>
        <translation>上移  Alt+↑</translation>
    </message>
    <message>
        <source>Down  Alt+↓</source>
        <translation>下移  Alt+↓</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出目录</translation>
    </message>
    <message>
        <source>Take files out of the catalogue; they stay in the case</source>
        <translation>把材料移出目录，文件仍保存在案件中</translation>
    </message>
    <message>
        <source>The exhibit chosen</source>
        <translation>选中的证据</translation>
    </message>
    <message>
        <source>Messages become exhibits by themselves, one for each sender. Drop contracts, receipts and other files onto a group; drag rows to put them in order.</source>
        <translation>短信按发来的号码自动列为证据。合同、回执等其他材料可拖到某一组；拖动各行可调整次序。</translation>
    </message>
    <message>
        <source>Edit exhibit</source>
        <translation>修改证据内容</translation>
    </message>
    <message>
        <source>Back to the proposal</source>
        <translation>恢复建议</translation>
    </message>
    <message>
        <source>Kind of exhibit</source>
        <translation>修改证据种类</translation>
    </message>
    <message>
        <source>Move exhibit</source>
        <translation>移动证据</translation>
    </message>
    <message>
        <source>Move group</source>
        <translation>移动组</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>新建组</translation>
    </message>
    <message>
        <source>Rename group</source>
        <translation>组改名</translation>
    </message>
    <message>
        <source>Remove group</source>
        <translation>删除组</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加材料</translation>
    </message>
    <message>
        <source>Files to add</source>
        <translation>要添加的材料</translation>
    </message>
    <message>
        <source>Title of the group</source>
        <translation>组的名称</translation>
    </message>
    <message>
        <source>Exhibit {number}</source>
        <translation>证据 {number}</translation>
    </message>
    <message>
        <source>Not added:</source>
        <translation>未添加：</translation>
    </message>
</context>
<context>
    <name>ExportDesk</name>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
    <message>
        <source>Exported: {messages} of {all} messages</source>
        <translation>已导出：共 {all} 条短信，列入 {messages} 条</translation>
    </message>
    <message>
        <source>Exported: {messages} messages</source>
        <translation>已导出：短信 {messages} 条</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>%n 卷</numerusform>
        </translation>
    </message>
    <message>
        <source>not enclosed: {names}</source>
        <translation>未附：{names}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>to be filled in: {names}</source>
        <translation>待填写：{names}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Drawing the pages</source>
        <translation>正在生成各页</translation>
    </message>
    <message>
        <source>Printing</source>
        <translation>正在打印</translation>
    </message>
    <message numerus="yes">
        <source>Sent to the printer: %n page(s), copies: {copies}</source>
        <translation>
            <numerusform>已送打印机：%n 页，{copies} 份</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportPlace</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>What to make</source>
        <translation>生成什么</translation>
    </message>
    <message>
        <source>For the court</source>
        <translation>法庭材料</translation>
    </message>
    <message>
        <source>Complaints</source>
        <translation>投诉、举报材料</translation>
    </message>
    <message>
        <source>Drafts to be finished by you</source>
        <translation>草稿，须由您改定</translation>
    </message>
    <message>
        <source>What goes in</source>
        <translation>列入的内容</translation>
    </message>
    <message>
        <source>So many messages: pages are counted on export</source>
        <translation>短信很多，页数在导出时计算</translation>
    </message>
    <message>
        <source>Counting pages…</source>
        <translation>正在计算页数…</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) in A4</source>
        <translation>
            <numerusform>A4 纸 %n 页</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>%n at night</source>
        <translation>夜间 %n 条</translation>
    </message>
    <message>
        <source>most on one day: {day}, %n</source>
        <translation>最多的一天：{day} %n 条</translation>
    </message>
    <message>
        <source>shortest interval: {interval}</source>
        <translation>最短间隔 {interval}</translation>
    </message>
    <message>
        <source>%n days in a row</source>
        <translation>连续 %n 天</translation>
    </message>
    <message>
        <source>%n when night begins or ends</source>
        <translation>恰在夜间起止时刻 %n 条</translation>
    </message>
    <message>
        <source>Whether these minutes belong to the night the standards do not say</source>
        <translation>这些时刻是否属于夜间，相关标准没有写明</translation>
    </message>
    <message>
        <source>%n without a day</source>
        <translation>日期不明 %n 条</translation>
    </message>
    <message>
        <source>Their day is not known: they are in no chart</source>
        <translation>不知道是哪一天，未计入图表</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>Matched: {words}</source>
        <translation>命中：{words}</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>{state} · a hint only, no breach</source>
        <translation>{state} · 仅作提示，不计为违规</translation>
    </message>
    <message numerus="yes">
        <source>May fall under %n provision(s)</source>
        <translation>
            <numerusform>可能对应 %n 条依据</numerusform>
        </translation>
    </message>
    <message>
        <source>(the words were not verified; named only)</source>
        <translation>（原文未核，仅列名称）</translation>
    </message>
    <message>
        <source>in force {since}{until}</source>
        <translation>施行 {since}{until}</translation>
    </message>
</context>
<context>
    <name>FoundStrip</name>
    <message numerus="yes">
        <source>%n found here</source>
        <translation>
            <numerusform>此处找到 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All messages: %n</source>
        <translation>
            <numerusform>全部短信中有 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Gap</name>
    <message>
        <source>Whether this follows the message above is not told yet: {sender}</source>
        <translation>与同一会话的上一条是否相连尚未判断：{sender}</translation>
    </message>
    <message>
        <source>Likely a gap after the message above, to be confirmed: {sender}</source>
        <translation>与同一会话的上一条之间可能有缺口，待确认：{sender}</translation>
    </message>
    <message>
        <source>Likely follows the message above, to be confirmed: {sender}</source>
        <translation>与同一会话的上一条大概连续，待确认：{sender}</translation>
    </message>
    <message>
        <source>A gap, no screenshot shows what lies between: {sender}</source>
        <translation>此处有缺口，没有截图显示其间的内容：{sender}</translation>
    </message>
</context>
<context>
    <name>GroupingBar</name>
    <message>
        <source>Assign to…  I</source>
        <translation>归入…  I</translation>
    </message>
    <message>
        <source>Rename  F2</source>
        <translation>改名  F2</translation>
    </message>
    <message>
        <source>Take out  Delete</source>
        <translation>移出  Delete</translation>
    </message>
    <message>
        <source>Name of the institution</source>
        <translation>机构名称</translation>
    </message>
    <message>
        <source>Do it  Enter</source>
        <translation>确定  Enter</translation>
    </message>
</context>
<context>
    <name>HoursPanel</name>
    <message>
        <source>Hours of the week</source>
        <translation>一周各时段的条数</translation>
    </message>
    <message>
        <source>night, {span}</source>
        <translation>夜间 {span}</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>night</source>
        <translation>夜间</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message numerus="yes">
        <source>{name}: %n message(s)</source>
        <translation>
            <numerusform>{name}：%n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message>
        <source>Watch it  Enter</source>
        <translation>开始监视  Enter</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>共 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Whose phone do the pictures in {name} come from?</source>
        <translation>{name} 中的图片来自谁的手机？</translation>
    </message>
    <message>
        <source>Whose phone does the pasted picture come from?</source>
        <translation>粘贴的图片来自谁的手机？</translation>
    </message>
    <message>
        <source>Whose phone does {name} come from?</source>
        <translation>{name} 来自谁的手机？</translation>
    </message>
    <message numerus="yes">
        <source>Whose phone do these %n item(s) come from?</source>
        <translation>
            <numerusform>这 %n 项来自谁的手机？</numerusform>
        </translation>
    </message>
    <message>
        <source>Some files do not tell when they were taken. Without it, “yesterday” in a picture cannot be given a date.</source>
        <translation>有些文件看不出截图时间。不说明的话，图中的“昨天”无法确定是哪一天。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) have the same date</source>
        <translation>
            <numerusform>%n 个文件的日期相同</numerusform>
        </translation>
    </message>
    <message>
        <source> ({moment}): probably the time of copying, not of the screenshot.</source>
        <translation>（{moment}）：很可能是复制文件的时间，不是截图时间。</translation>
    </message>
    <message>
        <source>My phone</source>
        <translation>我的手机</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>A name you recognise, such as “my iPhone 14”; choose a known phone or write a new one</source>
        <translation>起一个认得出的名字，如“我的 iPhone 14”；可选已有的手机，也可写新的</translation>
    </message>
    <message>
        <source>the debtor&apos;s own</source>
        <translation>本人（借款人）的</translation>
    </message>
    <message>
        <source>of a third person (family, colleague, …)</source>
        <translation>第三人的（家人、同事等）</translation>
    </message>
    <message>
        <source>relation, such as mother</source>
        <translation>关系，例如：母亲</translation>
    </message>
    <message>
        <source>Relation to the debtor</source>
        <translation>与借款人的关系</translation>
    </message>
    <message>
        <source>Not now  Esc</source>
        <translation>先不导入  Esc</translation>
    </message>
    <message>
        <source>These screenshots were taken about</source>
        <translation>这些截图大约截于</translation>
    </message>
    <message>
        <source>When the screenshots were taken</source>
        <translation>截图时间</translation>
    </message>
    <message>
        <source>Start the import  Enter</source>
        <translation>开始导入  Enter</translation>
    </message>
</context>
<context>
    <name>ImportTray</name>
    <message>
        <source>No file was set aside.</source>
        <translation>没有待处理的文件。</translation>
    </message>
    <message>
        <source>Nothing here. Drop screenshots anywhere on this window.</source>
        <translation>这里还没有文件。把截图拖到窗口任意位置即可导入。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待识读</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>See the twin</source>
        <translation>查看保留的那张</translation>
    </message>
    <message>
        <source>See its messages</source>
        <translation>查看其中短信</translation>
    </message>
    <message>
        <source>Put back {name}</source>
        <translation>放回 {name}</translation>
    </message>
    <message>
        <source>The file is no longer where it came from.</source>
        <translation>文件已不在原来的位置。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on with the import</source>
        <translation>接着导入</translation>
    </message>
    <message numerus="yes">
        <source>Read %n picture(s) on</source>
        <translation>
            <numerusform>继续识读 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) set aside</source>
        <translation>
            <numerusform>%n 个文件待处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopping after the pictures in work…</source>
        <translation>读完手头的图片后停止…</translation>
    </message>
    <message numerus="yes">
        <source>Storing %n file(s)</source>
        <translation>
            <numerusform>正在入库，共 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Storing</source>
        <translation>正在入库</translation>
    </message>
    <message>
        <source>Reading {done}/{total}</source>
        <translation>识读 {done}/{total}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>{count} a minute</source>
        <translation>每分钟 {count} 张</translation>
    </message>
    <message>
        <source>storing {name}</source>
        <translation>正在入库 {name}</translation>
    </message>
    <message>
        <source>weighing what was read</source>
        <translation>正在合并、比对规则</translation>
    </message>
    <message>
        <source>now {name}</source>
        <translation>正在读 {name}</translation>
    </message>
    <message>
        <source>The watched folder {name} cannot be reached</source>
        <translation>监视的文件夹 {name} 无法访问</translation>
    </message>
    <message>
        <source>Watching {name}</source>
        <translation>正在监视 {name}</translation>
    </message>
    <message>
        <source>Put the twin back</source>
        <translation>放回原件</translation>
    </message>
    <message>
        <source>The same file is in the case already, but was taken out of it</source>
        <translation>案件里已有相同的原件，但已被移出</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试所选</translation>
    </message>
    <message>
        <source>All again</source>
        <translation>全部重试</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>显示文件</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Files of the imports</source>
        <translation>导入的文件</translation>
    </message>
    <message>
        <source>Imports</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Show or hide the files of the imports (Ctrl+J)</source>
        <translation>显示或收起导入的文件（Ctrl+J）</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Show the files that need you, with their reasons</source>
        <translation>显示需要您处理的文件及原因</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Read on</source>
        <translation>继续识读</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>停止监视</translation>
    </message>
    <message>
        <source>?  Keys</source>
        <translation>?  键盘</translation>
    </message>
    <message>
        <source>Smaller text of the messages (Ctrl+Shift+−)</source>
        <translation>缩小短信文字（Ctrl+Shift+−）</translation>
    </message>
    <message>
        <source>Smaller text of the messages</source>
        <translation>缩小短信文字</translation>
    </message>
    <message>
        <source>Larger text of the messages (Ctrl+Shift+=)</source>
        <translation>放大短信文字（Ctrl+Shift+=）</translation>
    </message>
    <message>
        <source>Larger text of the messages</source>
        <translation>放大短信文字</translation>
    </message>
</context>
<context>
    <name>JoinBar</name>
    <message>
        <source>Same as the message above</source>
        <translation>与同一会话的上一条是同一条</translation>
    </message>
    <message>
        <source>It is one message</source>
        <translation>是同一条</translation>
    </message>
    <message>
        <source>These are two messages</source>
        <translation>是两条</translation>
    </message>
    <message>
        <source>This picture shows another message</source>
        <translation>这张截图上的是另一条</translation>
    </message>
    <message>
        <source>May be two messages: nothing tells an overlap of the screenshots from a repeat. It is counted once.</source>
        <translation>可能是两条：截图重叠与重复发送无从区分，现按一条计。</translation>
    </message>
    <message>
        <source>Its screenshots tell times that exclude each other.</source>
        <translation>各截图所示的时间互相矛盾。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) on both screenshots</source>
        <translation>
            <numerusform>两张截图共有 %n 条短信</numerusform>
        </translation>
    </message>
    <message>
        <source>copy of the same screenshot</source>
        <translation>同一截图的副本</translation>
    </message>
    <message>
        <source>joined by hand</source>
        <translation>人工合并</translation>
    </message>
    <message>
        <source>same minute</source>
        <translation>时间为同一分钟</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Any key closes this sheet.</source>
        <translation>按任意键关闭。</translation>
    </message>
    <message>
        <source>Confirm what is proposed, mark as reviewed, go to the next</source>
        <translation>确认建议，标为已核对，转到下一条</translation>
    </message>
    <message>
        <source>Back to the message before</source>
        <translation>回到上一条</translation>
    </message>
    <message>
        <source>Next doubtful character: type over it, then Enter</source>
        <translation>下一疑字：直接输入改正，再按 Enter</translation>
    </message>
    <message>
        <source>The doubtful character before</source>
        <translation>上一个疑字</translation>
    </message>
    <message>
        <source>Mark with the label of that number, or unmark</source>
        <translation>按该号标记，或去掉标记</translation>
    </message>
    <message>
        <source>Reject the proposal shown</source>
        <translation>排除当前建议</translation>
    </message>
    <message>
        <source>Correct the text; the time</source>
        <translation>更正正文；更正时间</translation>
    </message>
    <message>
        <source>The number; direction; recipient; institution</source>
        <translation>更正号码；收发方向；收件人；机构</translation>
    </message>
    <message>
        <source>Mark as key; write a note</source>
        <translation>标为关键；写备注</translation>
    </message>
    <message>
        <source>The whole conversation, and back</source>
        <translation>整段会话，再按返回</translation>
    </message>
    <message>
        <source>Next and previous message</source>
        <translation>下一条、上一条</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Zoom to the message, and back to the whole width</source>
        <translation>放大到这条短信；再按一次回到整图宽度</translation>
    </message>
    <message>
        <source>Other places where the message is seen</source>
        <translation>这条短信的其他出处</translation>
    </message>
    <message>
        <source>Take the picture out of the case</source>
        <translation>把这张图移出案件</translation>
    </message>
    <message>
        <source>Larger, smaller, fit the width</source>
        <translation>放大、缩小、适合宽度</translation>
    </message>
    <message>
        <source>Put the list away, and back</source>
        <translation>收起列表，再按一次展开</translation>
    </message>
    <message>
        <source>Select several; all of the list</source>
        <translation>多选；全选列表</translation>
    </message>
    <message>
        <source>Leave without a change</source>
        <translation>不作更改，离开</translation>
    </message>
    <message>
        <source>Search; next hit, with Shift the previous one</source>
        <translation>查找；下一处命中，加 Shift 为上一处</translation>
    </message>
    <message>
        <source>Days and hours of the timeline; Enter lists them</source>
        <translation>在时间轴的日期、时段间移动；Enter 列出短信</translation>
    </message>
    <message>
        <source>Numbers: assign, rename, take out</source>
        <translation>号码：归入机构、改名、移出</translation>
    </message>
    <message>
        <source>Undo and redo</source>
        <translation>撤销、重做</translation>
    </message>
    <message>
        <source>Import, export the PDF</source>
        <translation>导入、导出 PDF</translation>
    </message>
    <message>
        <source>Paste a picture; files of the imports</source>
        <translation>粘贴图片；导入的文件</translation>
    </message>
    <message>
        <source>New case, open, close</source>
        <translation>新建、打开、关闭案件</translation>
    </message>
    <message>
        <source>Custody log, settings</source>
        <translation>流转记录、设置</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>本页</translation>
    </message>
</context>
<context>
    <name>LabelButton</name>
    <message>
        <source>not marked</source>
        <translation>未标记</translation>
    </message>
</context>
<context>
    <name>ListedMessages</name>
    <message>
        <source>All  Esc</source>
        <translation>全部  Esc</translation>
    </message>
    <message>
        <source>Review  Enter</source>
        <translation>去核对  Enter</translation>
    </message>
    <message>
        <source>Open these messages beside their screenshots</source>
        <translation>在核对页中对照截图查看这些短信</translation>
    </message>
</context>
<context>
    <name>LogModel</name>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Particulars</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n picture(s) are stored but not read yet.</source>
        <translation>
            <numerusform>有 %n 张截图已保存，但还没有识读。</numerusform>
        </translation>
    </message>
    <message>
        <source>Read them now</source>
        <translation>现在识读</translation>
    </message>
    <message>
        <source>SMS Evidence Desk</source>
        <translation>短信取证台</translation>
    </message>
    <message>
        <source>describe the phones</source>
        <translation>填写手机信息</translation>
    </message>
    <message>
        <source>Reading goes on where it was when you left.</source>
        <translation>继续识读上次离开时没有读完的截图。</translation>
    </message>
    <message>
        <source>An import was cut short before its last file.</source>
        <translation>上次导入中断，还有文件没有入库。</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>接着导入</translation>
    </message>
    <message>
        <source>change the case card</source>
        <translation>修改案件卡</translation>
    </message>
    <message>
        <source>The clipboard holds neither a picture nor a file.</source>
        <translation>剪贴板里没有图片或文件。</translation>
    </message>
    <message>
        <source>No picture was found there.</source>
        <translation>没有找到图片。</translation>
    </message>
    <message>
        <source>No message was seen on them; are they screenshots of messages?</source>
        <translation>图中没有看到短信，请确认是不是短信截图。</translation>
    </message>
    <message>
        <source>Stopped. What was finished until then is kept.</source>
        <translation>已停止。此前完成的部分已保存。</translation>
    </message>
    <message>
        <source>Folder to import</source>
        <translation>选择要导入的文件夹</translation>
    </message>
    <message>
        <source>Folder to watch</source>
        <translation>要监视的文件夹</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Finishing the current step, then closing…</source>
        <translation>完成手头这一步后关闭…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Export &amp;as</source>
        <translation>导出为(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Case</source>
        <translation>案件(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New case…</source>
        <translation>新建案件(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open case…</source>
        <translation>打开案件(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;See the sample case</source>
        <translation>查看示例案件(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Import pictures…</source>
        <translation>导入图片(&amp;I)…</translation>
    </message>
    <message>
        <source>Import a &amp;folder…</source>
        <translation>导入文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Paste a picture</source>
        <translation>粘贴图片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Watch a folder…</source>
        <translation>监视文件夹(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>Custody &amp;log…</source>
        <translation>流转记录(&amp;L)…</translation>
    </message>
    <message>
        <source>Files of the &amp;imports</source>
        <translation>导入的文件(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Export the PDF…</source>
        <translation>导出 PDF(&amp;E)…</translation>
    </message>
    <message>
        <source>Export the PDF of this &amp;list only…</source>
        <translation>只导出当前列表的 PDF(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;JSON, for other programs…</source>
        <translation>&amp;JSON（供其他程序使用）…</translation>
    </message>
    <message>
        <source>&amp;Word catalogue of evidence…</source>
        <translation>证据目录 &amp;Word 版…</translation>
    </message>
    <message>
        <source>&amp;Spreadsheet of the messages…</source>
        <translation>短信表格（Excel）(&amp;S)…</translation>
    </message>
    <message>
        <source>Evidence &amp;package to hand over…</source>
        <translation>可移交的证据包(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Close the case</source>
        <translation>关闭案件(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Case &amp;details…</source>
        <translation>案件资料(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>校验(&amp;V)</translation>
    </message>
    <message>
        <source>Verify an evidence &amp;package…</source>
        <translation>校验证据包(&amp;P)…</translation>
    </message>
    <message>
        <source>Verify an &amp;unpacked package…</source>
        <translation>校验已解压的证据包(&amp;U)…</translation>
    </message>
    <message>
        <source>Files set &amp;aside</source>
        <translation>待处理的文件(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>键盘(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>关于(&amp;A)</translation>
    </message>
</context>
<context>
    <name>MasksDialog</name>
    <message>
        <source>What a masked copy hides</source>
        <translation>脱敏副本遮盖的内容</translation>
    </message>
    <message>
        <source>More words to hide</source>
        <translation>还要遮盖的字词</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>遮盖</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Hidden words</source>
        <translation>遮盖的字词</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>处数</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>hide “{words}”</source>
        <translation>遮盖“{words}”</translation>
    </message>
    <message>
        <source>show “{words}”</source>
        <translation>不遮盖“{words}”</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>MessageFacts</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>机构</translation>
    </message>
    <message>
        <source>lender or collection agency</source>
        <translation>贷款方或催收公司的名称</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>for yourself</source>
        <translation>写给自己看的备注</translation>
    </message>
    <message>
        <source>not assigned by hand</source>
        <translation>未人工归属</translation>
    </message>
    <message>
        <source>cut off by the picture&apos;s edge: not complete</source>
        <translation>被图片边缘截断，文字不完整</translation>
    </message>
    <message>
        <source>shortened by the phone itself: not complete</source>
        <translation>手机自身省略了一部分，文字不完整</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) repaired</source>
        <translation>
            <numerusform>已修正 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>As the engine read it, with what was repaired:</source>
        <translation>引擎原始识读及修正处：</translation>
    </message>
    <message>
        <source>sent to {number}</source>
        <translation>发给 {number}</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>对调</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>填写</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>received</source>
        <translation>收到</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>As the machine read it: {words}</source>
        <translation>机器原读：{words}</translation>
    </message>
</context>
<context>
    <name>MessageListModel</name>
    <message>
        <source>Time unknown</source>
        <translation>时间不明</translation>
    </message>
</context>
<context>
    <name>MessageListView</name>
    <message>
        <source>Messages</source>
        <translation>短信</translation>
    </message>
</context>
<context>
    <name>MessageRowDelegate</name>
    <message>
        <source>Time unknown</source>
        <translation>时间不明</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>sent to {number}</source>
        <translation>发给 {number}</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已更正</translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful</source>
        <comment>characters</comment>
        <translation>
            <numerusform>%n 处疑字</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageText</name>
    <message>
        <source>Text of the message</source>
        <translation>短信正文</translation>
    </message>
    <message>
        <source>The engine was not sure of this; compare it with the picture.</source>
        <translation>识别不确定，请对照截图。</translation>
    </message>
</context>
<context>
    <name>MissingList</name>
    <message>
        <source>Still to see to</source>
        <translation>待补材料</translation>
    </message>
    <message>
        <source>Looking what is missing…</source>
        <translation>正在检查还缺什么…</translation>
    </message>
    <message numerus="yes">
        <source>Still to see to (%n)</source>
        <translation>
            <numerusform>待补材料（%n 项）</numerusform>
        </translation>
    </message>
    <message>
        <source>Click a line to see to it; none of them prevents an export.</source>
        <translation>点击一行即可处理；缺少其中任何一项都不影响导出。</translation>
    </message>
    <message>
        <source>Nothing was found to be missing.</source>
        <translation>没有发现缺少的材料。</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>收起</translation>
    </message>
    <message numerus="yes">
        <source>Show all %n</source>
        <translation>
            <numerusform>显示全部 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NarrowedStrip</name>
    <message>
        <source>Same as another…</source>
        <translation>与另一会话合并…</translation>
    </message>
    <message>
        <source>One number on another phone, or a name that changed: make them one conversation</source>
        <translation>同一号码换了手机，或对方换了称呼：并为同一会话</translation>
    </message>
    <message>
        <source>Back  Esc</source>
        <translation>返回  Esc</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Part or unite…</source>
        <translation>拆开或合并…</translation>
    </message>
    <message>
        <source>another header: {name}</source>
        <translation>含另一标题下的 {name}</translation>
    </message>
    <message>
        <source>These are two conversations</source>
        <translation>这是两段会话</translation>
    </message>
    <message>
        <source>kept apart from {name}</source>
        <translation>与 {name} 已拆开</translation>
    </message>
    <message>
        <source>These are one conversation</source>
        <translation>这是同一段会话</translation>
    </message>
</context>
<context>
    <name>NewCaseDialog</name>
    <message>
        <source>Say where the case is to be kept.</source>
        <translation>请写明案件保存在哪里。</translation>
    </message>
    <message>
        <source>Give the whole path, from the drive or the root on.</source>
        <translation>请写完整路径（从盘符或根目录开始）。</translation>
    </message>
    <message>
        <source>There is a file of this name; choose another name.</source>
        <translation>已有同名文件，请换一个名字。</translation>
    </message>
    <message>
        <source>Nothing can be written there; choose another folder.</source>
        <translation>那里不能写入，请换一个文件夹。</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>新建案件</translation>
    </message>
    <message>
        <source>Keep the case in</source>
        <translation>案件保存到</translation>
    </message>
    <message>
        <source>Cases (*.smscase)</source>
        <translation>案件文件 (*.smscase)</translation>
    </message>
    <message>
        <source>All of this stands on the cover of the PDF and can be changed later.</source>
        <translation>这些内容会印在 PDF 封面上，以后可以修改。</translation>
    </message>
    <message>
        <source>Case name</source>
        <translation>案件名称</translation>
    </message>
    <message>
        <source>such as: Ms Zhang and Yunshan Finance</source>
        <translation>例如：张女士与某某消费金融</translation>
    </message>
    <message>
        <source>Claimant</source>
        <translation>原告（申请人）</translation>
    </message>
    <message>
        <source>who was harassed (may be left empty)</source>
        <translation>受到骚扰的一方（可以不填）</translation>
    </message>
    <message>
        <source>Respondent</source>
        <translation>被告（被投诉人）</translation>
    </message>
    <message>
        <source>lender or collection agency (may be left empty)</source>
        <translation>贷款机构或催收公司（可以不填）</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>保存在</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Make the case</source>
        <translation>建立案件</translation>
    </message>
</context>
<context>
    <name>NumbersModel</name>
    <message>
        <source>Number or institution</source>
        <translation>号码或机构</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>条数</translation>
    </message>
    <message>
        <source>At night</source>
        <translation>夜间</translation>
    </message>
    <message>
        <source>First</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最晚</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
</context>
<context>
    <name>NumbersPlace</name>
    <message>
        <source>Filter by number, name, kind or label</source>
        <translation>按号码、名称、种类或标签筛选</translation>
    </message>
    <message>
        <source>Filter the numbers</source>
        <translation>筛选号码</translation>
    </message>
    <message>
        <source>Collection messages only</source>
        <translation>只计催收短信</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Numbers and institutions</source>
        <translation>号码与机构</translation>
    </message>
    <message>
        <source>Drag a number onto another one, or onto an institution</source>
        <translation>可把号码拖到另一个号码或机构上，归为一方</translation>
    </message>
    <message>
        <source>Every number is listed here with what it sent, once pictures are read.</source>
        <translation>识别截图之后，这里列出每个号码和它发来的短信。</translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) belong to</source>
        <translation>
            <numerusform>把 %n 个号码归入</numerusform>
        </translation>
    </message>
    <message>
        <source>Call it</source>
        <translation>改名为</translation>
    </message>
    <message numerus="yes">
        <source>take %n number(s) out of their institution</source>
        <translation>
            <numerusform>把 %n 个号码移出机构</numerusform>
        </translation>
    </message>
    <message>
        <source>rename institution: {name}</source>
        <translation>机构改名 {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) to institution {name}</source>
        <translation>
            <numerusform>把 %n 个号码归入 {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OwnLinesBar</name>
    <message>
        <source>Messages a day from which a day is named</source>
        <translation>一天达到多少条时列出</translation>
    </message>
    <message>
        <source>Messages a day from which a day stands out</source>
        <translation>一天达到多少条时突出</translation>
    </message>
    <message>
        <source>Use these lines</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Days are named from</source>
        <translation>一天达到</translation>
    </message>
    <message>
        <source>messages on, and stand out from</source>
        <translation>条列出，达到</translation>
    </message>
    <message>
        <source>on (own lines, not the law&apos;s)</source>
        <translation>条突出（自设提示线，非法定标准）</translation>
    </message>
</context>
<context>
    <name>PhonesDialog</name>
    <message>
        <source>Phones of this case</source>
        <translation>本案的手机</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The court may want to see the phone itself: say which it is and who has it.</source>
        <translation>法庭可能要求查看手机原件：请写明是哪一部、由谁保管。</translation>
    </message>
    <message>
        <source>The phones</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>机主</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Its own number</source>
        <translation>本机号码</translation>
    </message>
    <message>
        <source>Kept by</source>
        <translation>由谁保管</translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>Screenshot</source>
        <translation>截图</translation>
    </message>
    <message>
        <source>Choose a message to see its screenshot here.</source>
        <translation>选择一条短信，这里会显示它的截图。</translation>
    </message>
    <message>
        <source>seen {place} of {count}</source>
        <translation>出处 {place}/{count}</translation>
    </message>
    <message>
        <source>{name} · loading…</source>
        <translation>{name} · 正在载入…</translation>
    </message>
    <message>
        <source>page {number} of {count} · {name}</source>
        <translation>第 {number}/{count} 页 · {name}</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>Put the list away: picture and reading take half the window each  L</source>
        <translation>收起列表，图片与文字各占一半  L</translation>
    </message>
    <message>
        <source>Put the list away  L</source>
        <translation>收起列表  L</translation>
    </message>
    <message>
        <source>The place before where the message is seen  [</source>
        <translation>上一处出处  [</translation>
    </message>
    <message>
        <source>The place before where the message is seen</source>
        <translation>上一处出处</translation>
    </message>
    <message>
        <source>The next place where the message is seen  ]</source>
        <translation>下一处出处  ]</translation>
    </message>
    <message>
        <source>The next place where the message is seen</source>
        <translation>下一处出处</translation>
    </message>
    <message>
        <source>Smaller  −</source>
        <translation>缩小  −</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit the width  W   ·   Zoom to the message  Space</source>
        <translation>适合宽度  W   ·   放大到本条  空格</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>适合宽度</translation>
    </message>
    <message>
        <source>Larger  +</source>
        <translation>放大  +</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Take this picture out of the case…  Shift+Del</source>
        <translation>把这张图移出案件…&#x3000;Shift+Del</translation>
    </message>
    <message>
        <source>Take this picture out of the case</source>
        <translation>把这张图移出案件</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Review</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Message by message, beside its screenshot</source>
        <translation>逐条核对，与截图并排</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>What came when: by day, by hour, beside the messages</source>
        <translation>什么时候收到多少条：按天、按小时，旁边是短信</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Who wrote how often; which numbers act as one</source>
        <translation>哪些号码发了多少条；哪些号码属于同一方</translation>
    </message>
    <message>
        <source>Exhibits</source>
        <translation>证据目录</translation>
    </message>
    <message>
        <source>The catalogue of exhibits: order, columns, other files</source>
        <translation>证据目录：次序、各栏内容、其他材料</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>What is missing, and everything that can be made of the case</source>
        <translation>还缺什么，以及本案可以生成的各种材料</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Text of the messages</source>
        <translation>短信文字</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>New cases are kept in</source>
        <translation>新案件保存在</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>重新启动程序后生效。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
</context>
<context>
    <name>PreviewWindow</name>
    <message>
        <source>Preview of the court PDF</source>
        <translation>法庭 PDF 预览</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit width  0</source>
        <translation>适合宽度  0</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>weighing what was read</source>
        <translation>正在比对、分析识读结果</translation>
    </message>
    <message>
        <source>Stopping after the current step…</source>
        <translation>完成当前步骤后停止…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>As {twin}, which was taken out</source>
        <translation>与 {twin} 相同，该原件已移出</translation>
    </message>
    <message>
        <source>There already, as {twin}</source>
        <translation>重复，与 {twin} 相同</translation>
    </message>
    <message>
        <source>Stored, waits to be read</source>
        <translation>已入库，等待识读</translation>
    </message>
    <message>
        <source>Read; a copy of {twin}</source>
        <translation>已识读；是 {twin} 的副本</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已识读</translation>
    </message>
</context>
<context>
    <name>ReadingPanel</name>
    <message>
        <source>As the machine read it, with what was corrected:</source>
        <translation>机器原文与更正：</translation>
    </message>
    <message>
        <source>Correct the text</source>
        <translation>更正正文</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Next doubt</source>
        <translation>下一疑字</translation>
    </message>
    <message>
        <source>Doubt</source>
        <translation>疑字</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>关键</translation>
    </message>
    <message>
        <source>Key evidence</source>
        <translation>标为关键</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>写备注</translation>
    </message>
    <message>
        <source>Whole conversation</source>
        <translation>整段会话</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Special mark: may be {labels}</source>
        <translation>特别标注：涉嫌{labels}</translation>
    </message>
    <message>
        <source>May be in breach</source>
        <translation>涉嫌违规</translation>
    </message>
    <message>
        <source>Nothing is proposed</source>
        <translation>没有建议的标记</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>已核对</translation>
    </message>
    <message>
        <source>Not reviewed yet</source>
        <translation>待核对</translation>
    </message>
    <message numerus="yes">
        <source>Confirm %n and go on  Enter</source>
        <comment>findings</comment>
        <translation>
            <numerusform>确认 %n 处，下一条  Enter</numerusform>
        </translation>
    </message>
    <message>
        <source>Next  Enter</source>
        <translation>下一条  Enter</translation>
    </message>
    <message>
        <source>Looks right, go on  Enter</source>
        <translation>无误，下一条  Enter</translation>
    </message>
    <message>
        <source>The message, its labels and facts</source>
        <translation>短信、标记与各项事实</translation>
    </message>
    <message>
        <source>Mark as new</source>
        <translation>恢复待核对</translation>
    </message>
</context>
<context>
    <name>RecipientBox</name>
    <message>
        <source>Recipient</source>
        <translation>收件人</translation>
    </message>
    <message>
        <source>Change R</source>
        <translation>更改 R</translation>
    </message>
    <message>
        <source>Debtor</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>Third person…</source>
        <translation>第三人…</translation>
    </message>
    <message>
        <source>who it is, such as mother; then Enter</source>
        <translation>是谁，如 母亲；回车确认</translation>
    </message>
    <message>
        <source>Relation to the debtor</source>
        <translation>与借款人的关系</translation>
    </message>
    <message>
        <source>whose phone is it?</source>
        <translation>是谁的手机？</translation>
    </message>
    <message>
        <source>a third person&apos;s phone; this conversation too?</source>
        <translation>手机是第三人的，这段会话也是吗？</translation>
    </message>
</context>
<context>
    <name>RemovalBar</name>
    <message>
        <source>Why? Every export will tell it</source>
        <translation>原因（导出的文件会载明）</translation>
    </message>
    <message>
        <source>Why it is taken out</source>
        <translation>移出的原因</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出案件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Take {name} out of the case? It stays in the case file, but what it alone shows counts nowhere any more. It can be put back.</source>
        <translation>把 {name} 移出案件？原件仍保存在案件文件内，但只在这张图上的短信不再计入任何列表和导出；可以随时放回。</translation>
    </message>
    <message>
        <source>Take out {name}</source>
        <translation>移出 {name}</translation>
    </message>
    <message>
        <source>Put back {name}</source>
        <translation>放回 {name}</translation>
    </message>
    <message>
        <source>Put back {name}  ·  {at}  ·  {reason}</source>
        <translation>放回 {name}  ·  {at}  ·  {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n original(s) taken out: put back…</source>
        <translation>
            <numerusform>已移出 %n 件原件，放回…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPlace</name>
    <message>
        <source>correct the text</source>
        <translation>更正正文</translation>
    </message>
    <message>
        <source>Drop screenshots, PDFs, folders or ZIP files anywhere on this window.</source>
        <translation>把截图、PDF、文件夹或 ZIP 压缩包拖到窗口任意位置即可导入。</translation>
    </message>
    <message>
        <source>Choose pictures…</source>
        <translation>选择截图…</translation>
    </message>
    <message>
        <source>No message fits here.</source>
        <translation>这里没有符合条件的短信。</translation>
    </message>
    <message>
        <source>Show all messages</source>
        <translation>显示全部短信</translation>
    </message>
    <message numerus="yes">
        <source>confirm %n finding(s)</source>
        <translation>
            <numerusform>确认 %n 处标记</numerusform>
        </translation>
    </message>
    <message>
        <source>mark as reviewed</source>
        <translation>标为已核对</translation>
    </message>
    <message>
        <source>Texts are corrected one message at a time.</source>
        <translation>正文须逐条更正：请先只选一条。</translation>
    </message>
    <message>
        <source>Proposals are rejected one message at a time.</source>
        <translation>建议须逐条排除：请先只选一条。</translation>
    </message>
    <message>
        <source>The whole conversation with {name}</source>
        <translation>与 {name} 的整段会话</translation>
    </message>
    <message>
        <source>part a conversation</source>
        <translation>拆开会话</translation>
    </message>
    <message>
        <source>unite two conversations</source>
        <translation>合并会话</translation>
    </message>
    <message>
        <source>confirm a join</source>
        <translation>确认合并</translation>
    </message>
    <message>
        <source>part a message</source>
        <translation>拆分短信</translation>
    </message>
    <message>
        <source>join messages</source>
        <translation>合并短信</translation>
    </message>
    <message>
        <source>put into the conversation of the number</source>
        <translation>按号码归入会话</translation>
    </message>
</context>
<context>
    <name>ShelfRow</name>
    <message>
        <source>The file is no longer there: moved, renamed or on a stick?</source>
        <translation>文件已不在原处：移动了、改名了，还是在U盘上？</translation>
    </message>
    <message>
        <source>Find it…</source>
        <translation>找到它…</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>移出案件架</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>SMS Evidence Desk</source>
        <translation>短信取证台</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>新建案件</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Screenshots of collectors&apos; messages become a file for court. Nothing leaves this computer.</source>
        <translation>把催收短信的截图整理成可以提交的证据材料。任何内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>See the sample case</source>
        <translation>查看示例案件</translation>
    </message>
    <message>
        <source>Drop screenshots anywhere on this window to begin, or look at the sample case first.</source>
        <translation>把截图拖到窗口任意位置即可开始，也可以先看看示例案件。</translation>
    </message>
    <message>
        <source>Case shelf</source>
        <translation>案件架</translation>
    </message>
    <message>
        <source>Enter opens the case · Del takes it off the shelf (its file stays) · ? shows all keys</source>
        <translation>Enter 打开案件 · Del 移出案件架（文件保留）· ? 显示全部按键</translation>
    </message>
    <message>
        <source>The program keeps and arranges evidence; it marks what may be in breach and gives no legal opinion.</source>
        <translation>本程序用于保存和整理证据，标出涉嫌违规之处，不提供法律意见。</translation>
    </message>
    <message>
        <source>Make a case</source>
        <translation>建立案件</translation>
    </message>
    <message>
        <source>Three fields: a name, who was harassed, who is asked to stop.</source>
        <translation>只填三项：案件名称、谁被骚扰、对方是谁。</translation>
    </message>
    <message>
        <source>Drop the screenshots in</source>
        <translation>拖入截图</translation>
    </message>
    <message>
        <source>Pictures, folders, ZIP files or PDFs, as they are. They stay unchanged.</source>
        <translation>图片、文件夹、压缩包或 PDF 都可以，原样拖入，原件不会改动。</translation>
    </message>
    <message>
        <source>Check and export</source>
        <translation>核对并导出</translation>
    </message>
    <message>
        <source>Picture beside text, Enter for the next. Then the PDF for court.</source>
        <translation>图片与文字并排，按 Enter 看下一条。然后导出 PDF 证据材料。</translation>
    </message>
</context>
<context>
    <name>StraysBar</name>
    <message>
        <source>The number differs from the conversation&apos;s: this message stands in that of {stands}.</source>
        <translation>这条短信的号码与所在会话不同：现在在“{stands}”的会话中。</translation>
    </message>
    <message numerus="yes">
        <source>Put %n message(s) into the conversation of {number}</source>
        <translation>
            <numerusform>归入号码 {number} 的会话（%n 条）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelinePlace</name>
    <message>
        <source>Collection messages only, as the court file counts</source>
        <translation>只计催收短信（与证据文件的统计口径相同）</translation>
    </message>
    <message>
        <source>Leaves out ordinary ones, verification codes for instance, and sent ones</source>
        <translation>不计验证码等普通短信，也不计发出的短信</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>The timeline shows when messages came, once pictures are read.</source>
        <translation>识别截图之后，这里按时间显示收到的短信。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message numerus="yes">
        <source>All, %n message(s)</source>
        <translation>
            <numerusform>全部 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>own lines: {notice} and {many} a day</source>
        <translation>自设提示线 {notice} 条、{many} 条</translation>
    </message>
</context>
<context>
    <name>TrustDesk</name>
    <message>
        <source>Verifying</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Verifying the package</source>
        <translation>正在校验证据包</translation>
    </message>
    <message>
        <source>Verify an unpacked evidence package</source>
        <translation>校验已解压的证据包</translation>
    </message>
    <message>
        <source>{name} is an evidence package, not a picture.</source>
        <translation>“{name}”是证据包，不是截图。</translation>
    </message>
    <message>
        <source>Verify this package</source>
        <translation>校验这个证据包</translation>
    </message>
    <message>
        <source>Open the case in it</source>
        <translation>打开其中的案件</translation>
    </message>
    <message>
        <source>Import its pictures all the same</source>
        <translation>仍然导入其中的图片</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Whole {time}</source>
        <translation>完好 {time}</translation>
    </message>
    <message>
        <source>Damage found {time}</source>
        <translation>发现问题 {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另有 %n 处</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TwinDesk</name>
    <message>
        <source>No message counts on that screenshot: see its line below.</source>
        <translation>那张截图上没有计入的短信，请看下方它所在的一行。</translation>
    </message>
    <message numerus="yes">
        <source>Messages on %n screenshot(s): {names}</source>
        <translation>
            <numerusform>这 %n 张截图上的短信：{names}</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>UndoMenu</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Undo: {name}</source>
        <translation>撤销 {name}</translation>
    </message>
    <message>
        <source>Redo: {name}</source>
        <translation>重做 {name}</translation>
    </message>
</context>
<context>
    <name>UnitingBar</name>
    <message>
        <source>The other conversation</source>
        <translation>另一会话</translation>
    </message>
    <message>
        <source>Make them one</source>
        <translation>并为同一会话</translation>
    </message>
    <message>
        <source>No  Esc</source>
        <translation>取消  Esc</translation>
    </message>
    <message>
        <source>Choose the conversation that is the same as this one.</source>
        <translation>请选择与这个会话其实是同一会话的那一个。</translation>
    </message>
    <message>
        <source>No other conversation can be the same as this one: two numbers are two.</source>
        <translation>没有可以合并的会话：两个不同的号码是两个发送方。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>the other conversation…</source>
        <translation>选择另一会话…</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) will be to: {recipient}</source>
        <translation>
            <numerusform>%n 条的收件人将变为：{recipient}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) will be one conversation</source>
        <translation>
            <numerusform>合并后同一会话共 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seen in both will be counted once</source>
        <translation>
            <numerusform>%n 条两边都有，将只计一次</numerusform>
        </translation>
    </message>
    <message>
        <source>Working out what would change…</source>
        <translation>正在核算合并后会怎样…</translation>
    </message>
</context>
<context>
    <name>ViewMenu</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All messages by time</source>
        <translation>全部短信，按时间排列</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>待核对</translation>
    </message>
    <message>
        <source>Messages that nobody has looked at</source>
        <translation>还没有人看过的短信</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>有疑字</translation>
    </message>
    <message>
        <source>Messages with characters that the engine was not sure of</source>
        <translation>有识别不确定的字，请对照截图</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>夜间</translation>
    </message>
    <message>
        <source>Messages certainly sent in the night</source>
        <translation>确定在夜间发出的短信</translation>
    </message>
    <message>
        <source>Unmarked</source>
        <translation>未标记</translation>
    </message>
    <message>
        <source>Received messages on which nothing is proposed or confirmed</source>
        <translation>收到的、没有任何建议或确认标记的短信</translation>
    </message>
    <message>
        <source>Messages whose number was read in two ways</source>
        <translation>号码两次识读不一致的短信</translation>
    </message>
    <message>
        <source>Special mark</source>
        <translation>特别标注</translation>
    </message>
    <message>
        <source>Messages that may press or threaten third persons</source>
        <translation>涉嫌骚扰、威胁第三方的短信</translation>
    </message>
    <message>
        <source>Repeats, gaps</source>
        <translation>重复/缺口</translation>
    </message>
    <message>
        <source>Messages that may be two, and those after a gap</source>
        <translation>可能是两条的短信，以及前面有缺口的短信</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>关键</translation>
    </message>
    <message>
        <source>Messages marked as key evidence</source>
        <translation>标为关键的短信</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Messages with open proposals</source>
        <translation>有待定建议的短信</translation>
    </message>
    <message>
        <source>Messages with confirmed findings</source>
        <translation>有已确认标记的短信</translation>
    </message>
    <message>
        <source>Messages with rejected proposals</source>
        <translation>有已排除建议的短信</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Saved by you; F2 renames it, Delete removes it</source>
        <translation>您保存的视图；F2 重命名，Delete 移除</translation>
    </message>
    <message>
        <source>Unsure number</source>
        <translation>号码存疑</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已排除</translation>
    </message>
</context>
<context>
    <name>WishForm</name>
    <message>
        <source>Masked copy, for outsiders</source>
        <translation>脱敏副本（给案外人看的）</translation>
    </message>
    <message>
        <source>What is masked…</source>
        <translation>查看遮盖内容…</translation>
    </message>
    <message>
        <source>Largest size in megabytes</source>
        <translation>最大多少 MB</translation>
    </message>
    <message>
        <source>Smaller pictures, in print size</source>
        <translation>图片按打印尺寸缩小</translation>
    </message>
    <message>
        <source>Smaller copies where screenshots do not fit</source>
        <translation>截图放不下时用缩小的副本</translation>
    </message>
    <message>
        <source>What goes in</source>
        <translation>列入哪些短信</translation>
    </message>
    <message>
        <source>How it is made</source>
        <translation>怎样生成</translation>
    </message>
    <message>
        <source>In volumes of at most</source>
        <translation>分卷，每卷不超过</translation>
    </message>
    <message>
        <source>The whole file at most</source>
        <translation>整个文件不超过</translation>
    </message>
    <message numerus="yes">
        <source>All messages (%n)</source>
        <translation>
            <numerusform>全部短信（%n 条）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only key messages (%n)</source>
        <translation>
            <numerusform>只列关键短信（%n 条）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only those with a confirmed finding (%n)</source>
        <translation>
            <numerusform>只列有已确认标记的短信（%n 条）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The present view and search (%n)</source>
        <translation>
            <numerusform>当前的筛选和搜索（%n 条）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Those selected in the review (%n)</source>
        <translation>
            <numerusform>核对页中选中的（%n 条）</numerusform>
        </translation>
    </message>
    <message>
        <source>{chosen} of {total} messages chosen</source>
        <translation>选列 {chosen} 条，共 {total} 条</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Frequent harassment</source>
        <translation>频繁骚扰</translation>
    </message>
    <message>
        <source>False threat</source>
        <translation>虚假恐吓</translation>
    </message>
    <message>
        <source>Privacy leak</source>
        <translation>泄露隐私</translation>
    </message>
    <message>
        <source>Insult or defamation</source>
        <translation>侮辱诽谤</translation>
    </message>
    <message>
        <source>Posing as an authority</source>
        <translation>冒充国家机关</translation>
    </message>
    <message>
        <source>Pressure on third persons</source>
        <translation>第三方骚扰威胁</translation>
    </message>
    <message>
        <source>Threat to a minor child</source>
        <translation>威胁未成年子女</translation>
    </message>
    <message>
        <source>Threat of violence</source>
        <translation>暴力威胁</translation>
    </message>
    <message>
        <source>Doctored picture</source>
        <translation>P图丑化</translation>
    </message>
    <message>
        <source>Urging to borrow more</source>
        <translation>诱导以贷养贷</translation>
    </message>
    <message>
        <source>Sender not named</source>
        <translation>未表明身份</translation>
    </message>
    <message>
        <source>Private number</source>
        <translation>私人号码催收</translation>
    </message>
    <message>
        <source>Number hint</source>
        <translation>号码提示</translation>
    </message>
    <message>
        <source>Frequent</source>
        <comment>short label</comment>
        <translation>频繁</translation>
    </message>
    <message>
        <source>False threat</source>
        <comment>short label</comment>
        <translation>恐吓</translation>
    </message>
    <message>
        <source>Privacy</source>
        <comment>short label</comment>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Insult</source>
        <comment>short label</comment>
        <translation>侮辱</translation>
    </message>
    <message>
        <source>Authority</source>
        <comment>short label</comment>
        <translation>冒充</translation>
    </message>
    <message>
        <source>Third person</source>
        <comment>short label</comment>
        <translation>第三方</translation>
    </message>
    <message>
        <source>Child</source>
        <comment>short label</comment>
        <translation>未成年</translation>
    </message>
    <message>
        <source>Violence</source>
        <comment>short label</comment>
        <translation>暴力</translation>
    </message>
    <message>
        <source>Picture</source>
        <comment>short label</comment>
        <translation>P图</translation>
    </message>
    <message>
        <source>More debt</source>
        <comment>short label</comment>
        <translation>诱贷</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>{name} (%n messages)</source>
        <translation>{name}（%n 条）</translation>
    </message>
    <message>
        <source>Debtor</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>Third person</source>
        <translation>第三人</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>{year}-{month:02}-{day:02} {weekday}</source>
        <comment>with year</comment>
        <translation>{year}年{month}月{day}日 {weekday}</translation>
    </message>
    <message>
        <source>{month}/{day} {weekday}</source>
        <comment>without year</comment>
        <translation>{month}月{day}日 {weekday}</translation>
    </message>
    <message>
        <source>{month}/{day}</source>
        <comment>short date</comment>
        <translation>{month}月{day}日</translation>
    </message>
    <message>
        <source>{year}-{month:02}</source>
        <comment>month with year</comment>
        <translation>{year}.{month:02}</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>1月</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>2月</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>3月</translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>4月</translation>
    </message>
    <message>
        <source>May</source>
        <translation>5月</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>6月</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>7月</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>8月</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>9月</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>10月</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>11月</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>12月</translation>
    </message>
    <message>
        <source> (label in the picture: “{label}”)</source>
        <translation>（图中标签“{label}”）</translation>
    </message>
    <message>
        <source>not before {moment}</source>
        <translation>不早于 {moment}</translation>
    </message>
    <message>
        <source>not after {moment}</source>
        <translation>不晚于 {moment}</translation>
    </message>
    <message>
        <source>time unknown</source>
        <translation>时间不明</translation>
    </message>
    <message>
        <source>{time} typed</source>
        <translation>{time} 手填</translation>
    </message>
    <message>
        <source>derived {time}</source>
        <translation>推算 {time}</translation>
    </message>
    <message>
        <source>{time} read</source>
        <translation>{time} 读取</translation>
    </message>
    <message>
        <source>moment of the screenshot unknown</source>
        <translation>截图时刻不明</translation>
    </message>
    <message>
        <source>given by hand</source>
        <translation>手填</translation>
    </message>
    <message>
        <source>from the picture&apos;s EXIF</source>
        <translation>来自图片 EXIF</translation>
    </message>
    <message>
        <source>from the file name</source>
        <translation>来自文件名</translation>
    </message>
    <message>
        <source>from the file&apos;s date</source>
        <translation>来自文件日期</translation>
    </message>
    <message>
        <source>source unknown</source>
        <translation>来源不明</translation>
    </message>
    <message>
        <source>screenshot of {moment}, {source}</source>
        <translation>截图时刻 {moment}（{source}）</translation>
    </message>
    <message>
        <source>number not recognised</source>
        <translation>号码未识别</translation>
    </message>
    <message>
        <source>a screenshot without number or name</source>
        <translation>没有号码也没有姓名的截图</translation>
    </message>
    <message>
        <source>resale prefix (virtual operator)</source>
        <translation>转售号段（虚拟运营商）</translation>
    </message>
    <message>
        <source>prefix of {carrier}</source>
        <translation>{carrier}号段</translation>
    </message>
    <message>
        <source>Number in doubt, also read as {others}: compare with the picture</source>
        <translation>号码存疑，另读作 {others}，请与原图核对</translation>
    </message>
    <message>
        <source>mobile number</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>satellite telephone number</source>
        <translation>卫星移动电话号码</translation>
    </message>
    <message>
        <source>number of a machine&apos;s card</source>
        <translation>物联网卡号码</translation>
    </message>
    <message>
        <source>landline</source>
        <translation>固定电话</translation>
    </message>
    <message>
        <source>106 port number</source>
        <translation>106 端口号</translation>
    </message>
    <message>
        <source>95/96 service number</source>
        <translation>95/96 服务号</translation>
    </message>
    <message>
        <source>400 number</source>
        <translation>400 号码</translation>
    </message>
    <message>
        <source>short number</source>
        <translation>短号</translation>
    </message>
    <message>
        <source>number outside the mainland</source>
        <translation>境外号码</translation>
    </message>
    <message>
        <source>e-mail address</source>
        <translation>电子邮箱地址</translation>
    </message>
    <message>
        <source>name from the contacts, number not shown</source>
        <translation>联系人姓名，未显示号码</translation>
    </message>
    <message>
        <source>could not be recognised</source>
        <translation>未能识别</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>不到 1 分钟</translation>
    </message>
    <message>
        <source>about {count} min</source>
        <translation>约 {count} 分钟</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{days} d {hours} h</source>
        <translation>{days} 天 {hours} 小时</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>Something is still running: wait for it, or cancel it below.</source>
        <translation>还有任务正在进行：请等它完成，或在下方取消。</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Opening the package</source>
        <translation>正在打开证据包</translation>
    </message>
    <message>
        <source>Making the case</source>
        <translation>建立案件</translation>
    </message>
    <message>
        <source>Making the sample case</source>
        <translation>制作示例案件</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Stopped. What was finished until then is kept.</source>
        <translation>已停止，此前完成的部分都已保存。</translation>
    </message>
    <message numerus="yes">
        <source>Exported: %n page(s), {messages} of {all} messages</source>
        <translation>
            <numerusform>已导出 %n 页，短信 {messages} 条（全案 {all} 条）</numerusform>
        </translation>
    </message>
    <message>
        <source>Exported: {messages} of {all} messages</source>
        <translation>已导出短信 {messages} 条（全案 {all} 条）</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
</context>
<context>
    <name>_Counts</name>
    <message numerus="yes">
        <source>%n number(s)</source>
        <translation>
            <numerusform>%n 个号码</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <comment>beside other things</comment>
        <translation>
            <numerusform>短信 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n screenshot(s)</source>
        <translation>
            <numerusform>截图 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>文件 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_ImportWords</name>
    <message numerus="yes">
        <source>Imported %n picture(s)</source>
        <translation>
            <numerusform>导入 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n there already</source>
        <translation>
            <numerusform>重复 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>无法读取 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>see which</source>
        <translation>（查看）</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) recognised</source>
        <translation>
            <numerusform>识别短信 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n to review in the case</source>
        <translation>
            <numerusform>，全案 %n 条待核对</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>.</source>
        <translation>。</translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message>
        <source>No message yet</source>
        <translation>还没有短信</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条短信</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to review</source>
        <translation>
            <numerusform>%n 条待核对</numerusform>
        </translation>
    </message>
    <message>
        <source>all reviewed</source>
        <translation>已全部核对</translation>
    </message>
    <message numerus="yes">
        <source>%n with doubtful characters</source>
        <translation>
            <numerusform>%n 条有疑字</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) not read yet</source>
        <translation>
            <numerusform>%n 张待识读</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n set aside</source>
        <translation>
            <numerusform>%n 个文件待处理</numerusform>
        </translation>
    </message>
    <message>
        <source>opened {moment}</source>
        <translation>打开于 {moment}</translation>
    </message>
    <message>
        <source>not verified on this computer</source>
        <translation>未在本机校验过</translation>
    </message>
    <message>
        <source>whole when verified {moment}</source>
        <translation>校验完好 {moment}</translation>
    </message>
    <message>
        <source>damage found {moment}</source>
        <translation>校验发现问题 {moment}</translation>
    </message>
</context>
</TS>
